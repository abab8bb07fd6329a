// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's range object.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

class Range : public Object {
public:
    Range(std::int64_t start, std::int64_t stop, std::int64_t step, std::int64_t size)
        : m_start(start)
        , m_stop(stop)
        , m_step(step)
        , m_size(size)
    {
    }
    // Throws Failure(Value) for step 0, Failure(Overflow) for more than 100000 numbers (the sandbox's bound).
    static Value make(std::int64_t start, std::int64_t stop, std::int64_t step);

    std::int64_t size() const { return m_size; }
    std::int64_t step() const { return m_step; }
    std::int64_t at(std::int64_t index) const { return m_start + index * m_step; }
    bool contains(const Value& value) const;

    std::string typeName() const override { return "range"; }
    std::string repr(Renderer& renderer) const override;
    std::optional<Value> attribute(Renderer& renderer, std::string_view name) override;
    std::optional<std::int64_t> length(Renderer&) override { return m_size; }
    std::unique_ptr<Cursor> iterate(Renderer& renderer) override;
    bool equals(const Object& other) const override;

private:
    std::int64_t m_start;
    std::int64_t m_stop;
    std::int64_t m_step;
    std::int64_t m_size;
};

} // namespace lens::jinja
