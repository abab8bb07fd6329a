// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/range.h"

#include "core/chat_template/failure.h"

#include <algorithm>
#include <cmath>

namespace lens::jinja {
namespace {

constexpr std::int64_t kMaxRange = 100000;
constexpr std::int64_t kMaxBound = std::int64_t(1) << 40; // keeps all sums far from overflow

class RangeCursor : public Cursor {
public:
    RangeCursor(std::int64_t start, std::int64_t step, std::int64_t count)
        : m_at(start)
        , m_step(step)
        , m_left(count)
    {
    }

    bool next(Renderer&, Value& value) override
    {
        if (m_left == 0)
            return false;
        --m_left;
        value = Value(m_at);
        m_at += m_step;
        return true;
    }

private:
    std::int64_t m_at;
    std::int64_t m_step;
    std::int64_t m_left;
};

} // namespace

Value Range::make(std::int64_t start, std::int64_t stop, std::int64_t step)
{
    if (step == 0)
        valueError("range() arg 3 must not be zero");
    for (const std::int64_t bound : {start, stop, step}) {
        if (bound > kMaxBound || bound < -kMaxBound)
            overflow("a bound of range() is too large");
    }
    const std::int64_t distance = step > 0 ? stop - start : start - stop;
    const std::int64_t stride = step > 0 ? step : -step;
    const std::int64_t size = distance <= 0 ? 0 : (distance - 1) / stride + 1;
    if (size > kMaxRange)
        overflow("range too big: at most " + std::to_string(kMaxRange) + " numbers");
    return Value(std::make_shared<Range>(start, stop, step, size));
}

bool Range::contains(const Value& value) const
{
    std::int64_t number = 0;
    if (value.isFloat()) {
        if (std::trunc(value.asNumber()) != value.asNumber() || std::fabs(value.asNumber()) > 1e15)
            return false;
        number = static_cast<std::int64_t>(value.asNumber());
    } else if (value.isIntegral()) {
        number = value.asInt();
    } else {
        return false;
    }
    if (m_size == 0 || number < std::min(at(0), at(m_size - 1)) || number > std::max(at(0), at(m_size - 1)))
        return false;
    return (number - m_start) % m_step == 0;
}

std::string Range::repr(Renderer&) const
{
    std::string text = "range(" + std::to_string(m_start) + ", " + std::to_string(m_stop);
    return m_step == 1 ? text + ")" : text + ", " + std::to_string(m_step) + ")";
}

std::optional<Value> Range::attribute(Renderer&, std::string_view name)
{
    if (name == "start")
        return Value(m_start);
    if (name == "stop")
        return Value(m_stop);
    if (name == "step")
        return Value(m_step);
    return std::nullopt;
}

std::unique_ptr<Cursor> Range::iterate(Renderer&)
{
    return std::make_unique<RangeCursor>(m_start, m_step, m_size);
}

bool Range::equals(const Object& other) const
{
    const auto* range = dynamic_cast<const Range*>(&other);
    if (!range || range->m_size != m_size)
        return false;
    return m_size == 0 || (range->m_start == m_start && (m_size == 1 || range->m_step == m_step));
}

} // namespace lens::jinja
