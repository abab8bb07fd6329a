// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Methods of lists, tuples, dicts and numbers.
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/dict_view.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lens::jinja {
namespace {

bool isItem(const Value& a, const Value& b)
{
    return a.isSame(b) || areEqual(a, b);
}

Value countItems(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("count", arguments, 1, 1);
    const Values& values = self.items().values();
    renderer.budget().step(values.size());
    return Value(static_cast<std::int64_t>(std::count_if(values.begin(), values.end(), [&](const Value& one) {
        return isItem(one, arguments.positional[0]);
    })));
}

Value indexOfItem(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("index", arguments, 1, 3);
    const Values& values = self.items().values();
    const auto size = static_cast<std::int64_t>(values.size());
    const auto bound = [&](std::size_t index, std::int64_t absent) {
        if (arguments.positional.size() <= index)
            return absent;
        if (!arguments.positional[index].isIntegral())
            typeError("slice indices must be integers");
        const std::int64_t at = arguments.positional[index].asInt();
        return at < 0 ? std::max<std::int64_t>(at + size, 0) : at;
    };
    const std::int64_t stop = std::min(bound(2, size), size);
    for (std::int64_t i = bound(1, 0); i < stop; ++i) {
        renderer.budget().step();
        if (isItem(values[static_cast<std::size_t>(i)], arguments.positional[0]))
            return Value(i);
    }
    valueError("the value is not in the list");
}

Value copied(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("copy", arguments, 0, 0);
    return self;
}

Value get(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("get", arguments, 1, 2);
    const Value* found = self.dict().find(arguments.positional[0]);
    if (found)
        return *found;
    return arguments.positional.size() > 1 ? arguments.positional[1] : Value();
}

template <DictView::Part part>
Value view(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("dict method", arguments, 0, 0);
    return Value(std::static_pointer_cast<Object>(std::make_shared<DictView>(self.sharedDict(), part)));
}

Value fromkeys(Renderer& renderer, const Value&, Arguments& arguments)
{
    expectPositional("fromkeys", arguments, 1, 2);
    const std::shared_ptr<Dict> dict = renderer.heap().dict();
    for (const Value& key : listed(renderer, arguments.positional[0]))
        dict->set(key, arguments.positional.size() > 1 ? arguments.positional[1] : Value());
    return Value(std::shared_ptr<const Dict>(dict));
}

Value isInteger(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("is_integer", arguments, 0, 0);
    return Value(std::isfinite(self.asNumber()) && std::trunc(self.asNumber()) == self.asNumber());
}

Value conjugate(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("conjugate", arguments, 0, 0);
    return self.isFloat() ? self : Value(self.asInt());
}

std::uint64_t magnitude(const Value& self)
{
    return self.asInt() < 0 ? 0 - static_cast<std::uint64_t>(self.asInt())
                            : static_cast<std::uint64_t>(self.asInt());
}

Value bitLength(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("bit_length", arguments, 0, 0);
    return Value(static_cast<std::int64_t>(std::bit_width(magnitude(self))));
}

Value bitCount(Renderer&, const Value& self, Arguments& arguments)
{
    expectPositional("bit_count", arguments, 0, 0);
    return Value(static_cast<std::int64_t>(std::popcount(magnitude(self))));
}

constexpr NamedMethod kListMethods[] = {{"count", &countItems}, {"index", &indexOfItem}, {"copy", &copied}};
constexpr NamedMethod kTupleMethods[] = {{"count", &countItems}, {"index", &indexOfItem}};
constexpr NamedMethod kDictMethods[] = {{"items", &view<DictView::Part::Items>},
                                        {"keys", &view<DictView::Part::Keys>},
                                        {"values", &view<DictView::Part::Members>},
                                        {"get", &get},
                                        {"copy", &copied},
                                        {"fromkeys", &fromkeys}};
constexpr NamedMethod kFloatMethods[] = {{"is_integer", &isInteger}, {"conjugate", &conjugate}};
constexpr NamedMethod kIntegerMethods[] = {
    {"bit_length", &bitLength}, {"bit_count", &bitCount}, {"conjugate", &conjugate}};

} // namespace

Method containerMethod(const Value& value, std::string_view name)
{
    if (value.isDict())
        return findIn(kDictMethods, name);
    return value.items().isList() ? findIn(kListMethods, name) : findIn(kTupleMethods, name);
}

Method numberMethod(const Value& value, std::string_view name)
{
    return value.isFloat() ? findIn(kFloatMethods, name) : findIn(kIntegerMethods, name);
}

} // namespace lens::jinja
