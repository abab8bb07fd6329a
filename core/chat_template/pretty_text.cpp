// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/pretty_text.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

constexpr std::size_t kWidth = 80;

// pprint orders keys of different kinds by the names of the kinds.
bool isBefore(const Value& a, const Value& b)
{
    try {
        return isInOrder(a, b, Order::Less);
    } catch (const Failure&) {
        return typeName(a) < typeName(b);
    }
}

Value sorted(Renderer& renderer, const Value& value)
{
    if (value.isSequence()) {
        Values values;
        for (const Value& one : value.items().values())
            values.push_back(sorted(renderer, one));
        return value.items().isList() ? renderer.heap().list(std::move(values))
                                      : renderer.heap().tuple(std::move(values));
    }
    if (!value.isDict())
        return value;
    std::vector<std::pair<Value, Value>> entries = value.dict().entries();
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return isBefore(a.first, b.first); });
    const std::shared_ptr<Dict> dict = renderer.heap().dict();
    for (const auto& [key, one] : entries)
        dict->set(key, sorted(renderer, one));
    return Value(std::shared_ptr<const Dict>(dict));
}

} // namespace

Value prettyText(Renderer& renderer, const Value& value)
{
    TextBuilder out(renderer.heap());
    reprTo(renderer, out, sorted(renderer, value));
    const bool breakable = value.isString() || value.isSequence() || value.isDict();
    if (breakable && countCharacters(out.bytes()) > kWidth)
        fail(FailureKind::Runtime, "pprint of values that do not fit on one line is not supported");
    return out.take();
}

} // namespace lens::jinja
