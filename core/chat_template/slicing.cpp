// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/slicing.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/range.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

// A slice applied to a length: `count` elements from `start`, `step` apart.
struct Slice {
    std::int64_t start = 0;
    std::int64_t stop = 0;
    std::int64_t step = 1;
    std::int64_t count = 0;
};

std::int64_t clamped(const Value& bound, std::int64_t length, std::int64_t step, std::int64_t absent)
{
    if (bound.isNone())
        return absent;
    const std::int64_t low = step < 0 ? -1 : 0;
    const std::int64_t high = step < 0 ? length - 1 : length;
    const std::int64_t index = bound.asInt() < 0 ? bound.asInt() + length : bound.asInt();
    return std::clamp(index, low, high);
}

Slice sliceOf(const SliceBounds& bounds, std::int64_t length)
{
    Slice slice;
    slice.step = bounds.step.isNone() ? 1 : bounds.step.asInt();
    if (slice.step == 0)
        valueError("slice step cannot be zero");
    slice.step = std::max(slice.step, -INT64_MAX);
    const bool back = slice.step < 0;
    slice.start = clamped(bounds.start, length, slice.step, back ? length - 1 : 0);
    slice.stop = clamped(bounds.stop, length, slice.step, back ? -1 : length);
    const std::int64_t distance = back ? slice.start - slice.stop : slice.stop - slice.start;
    const std::int64_t stride = back ? -slice.step : slice.step;
    slice.count = distance <= 0 ? 0 : (distance - 1) / stride + 1;
    return slice;
}

bool isBound(const Value& value)
{
    return value.isNone() || value.isIntegral();
}

// Byte positions of all characters, and the end.
std::vector<std::size_t> positionsOf(std::string_view text)
{
    std::vector<std::size_t> positions;
    for (std::size_t at = 0; at < text.size(); at += characterLength(text[at]))
        positions.push_back(at);
    positions.push_back(text.size());
    return positions;
}

// Byte position of a character.
std::size_t bytePosition(std::string_view text, std::int64_t index)
{
    std::size_t at = 0;
    for (; index > 0; --index)
        at += characterLength(text[at]);
    return std::min(at, text.size());
}

Value slicedString(Renderer& renderer, const Value& text, const SliceBounds& bounds)
{
    const std::string_view bytes = text.bytes();
    renderer.budget().work(bytes.size());
    const Slice slice = sliceOf(bounds, static_cast<std::int64_t>(countCharacters(bytes)));
    if (slice.step == 1) {
        const std::size_t begin = bytePosition(bytes, slice.start);
        const std::size_t length = bytePosition(bytes.substr(begin), slice.count);
        return slicedText(renderer.heap(), text, begin, begin + length);
    }
    const std::vector<std::size_t> positions = positionsOf(bytes);
    TextBuilder out(renderer.heap());
    for (std::int64_t i = 0, at = slice.start; i < slice.count; ++i, at += slice.step) {
        renderer.budget().step();
        out.append(text, positions[static_cast<std::size_t>(at)],
                   positions[static_cast<std::size_t>(at) + 1]);
    }
    return out.take(text.isSafe());
}

Value slicedItems(Renderer& renderer, const Value& value, const SliceBounds& bounds)
{
    const Values& all = value.items().values();
    const Slice slice = sliceOf(bounds, static_cast<std::int64_t>(all.size()));
    Values some;
    some.reserve(static_cast<std::size_t>(slice.count));
    for (std::int64_t i = 0, at = slice.start; i < slice.count; ++i, at += slice.step)
        some.push_back(all[static_cast<std::size_t>(at)]);
    Value sliced = value.items().isList() ? renderer.heap().list(std::move(some))
                                          : renderer.heap().tuple(std::move(some));
    return sliced.withSource(value.source());
}

} // namespace

std::optional<Value> slicedValue(Renderer& renderer, const Value& value, const SliceBounds& bounds)
{
    const auto* range = value.isObject() ? dynamic_cast<const Range*>(&value.object()) : nullptr;
    if (!value.isString() && !value.isSequence() && !range)
        return std::nullopt;
    if (!isBound(bounds.start) || !isBound(bounds.stop) || !isBound(bounds.step))
        return std::nullopt;
    if (value.isString())
        return slicedString(renderer, value, bounds);
    if (value.isSequence())
        return slicedItems(renderer, value, bounds);
    const Slice slice = sliceOf(bounds, range->size());
    return Value(std::make_shared<Range>(range->at(slice.start), range->at(slice.stop),
                                         range->step() * slice.step, slice.count));
}

std::optional<Value> elementAt(Renderer& renderer, const Value& value, std::int64_t index)
{
    const auto inside = [&](std::int64_t length) {
        index += index < 0 ? length : 0;
        return index >= 0 && index < length;
    };
    if (value.isSequence()) {
        if (inside(static_cast<std::int64_t>(value.items().size())))
            return value.items().values()[static_cast<std::size_t>(index)];
    } else if (value.isString()) {
        const std::string_view bytes = value.bytes();
        renderer.budget().work(bytes.size());
        if (!inside(static_cast<std::int64_t>(countCharacters(bytes))))
            return std::nullopt;
        const std::size_t at = bytePosition(bytes, index);
        return slicedText(renderer.heap(), value, at,
                          std::min(at + characterLength(bytes[at]), bytes.size()));
    } else if (value.isObject()) {
        const auto* range = dynamic_cast<const Range*>(&value.object());
        if (range && inside(range->size()))
            return Value(range->at(index));
    }
    return std::nullopt;
}

} // namespace lens::jinja
