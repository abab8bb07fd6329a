// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters that put things into an order or look for the first of it: sort, groupby, unique, min …
#include "core/chat_template/attribute_path.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

struct Keyed {
    Value key;
    Value value;
};

// Stable, as Python's sorted; in reverse, equal ones keep their order too.
void sortByKey(Renderer& renderer, std::vector<Keyed>& all, bool reverse)
{
    renderer.budget().step(all.size() * 8);
    std::stable_sort(all.begin(), all.end(), [&](const Keyed& a, const Keyed& b) {
        renderer.budget().step();
        return reverse ? isInOrder(b.key, a.key, Order::Less) : isInOrder(a.key, b.key, Order::Less);
    });
}

Values valuesOf(std::vector<Keyed> all)
{
    Values values;
    values.reserve(all.size());
    for (Keyed& one : all)
        values.push_back(std::move(one.value));
    return values;
}

bool flag(Renderer& renderer, const BoundArguments& bound, std::size_t index)
{
    return bound.has(index) && isTrue(renderer, bound.at(index));
}

// What Python's sorted takes as reverse: an integer, nothing that is merely true.
bool reverseFlag(const BoundArguments& bound, std::size_t index)
{
    if (bound.has(index) && !bound.at(index).isIntegral())
        typeError("'" + typeName(bound.at(index)) + "' object cannot be interpreted as an integer");
    return bound.has(index) && bound.at(index).asInt() != 0;
}

std::vector<AttributePath> pathsOf(Renderer& renderer, const Value& attribute)
{
    std::vector<AttributePath> paths;
    if (!attribute.isString()) {
        paths.emplace_back(renderer, attribute);
        return paths;
    }
    std::string_view rest = attribute.bytes();
    while (true) {
        const std::size_t comma = rest.find(',');
        paths.emplace_back(renderer, renderer.heap().text(std::string(rest.substr(0, comma))));
        if (comma == std::string_view::npos)
            return paths;
        rest = rest.substr(comma + 1);
    }
}

Value sort(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("sort", arguments, {"reverse", "case_sensitive", "attribute"});
    const bool caseSensitive = flag(renderer, bound, 1);
    const std::vector<AttributePath> paths = pathsOf(renderer, bound.at(2, Value()));
    std::vector<Keyed> all;
    for (const Value& value : listed(renderer, input)) {
        Values keys;
        for (const AttributePath& path : paths)
            keys.push_back(path.keyOf(renderer, value, caseSensitive));
        all.push_back({renderer.heap().list(std::move(keys)), value});
    }
    sortByKey(renderer, all, reverseFlag(bound, 0));
    return renderer.heap().list(valuesOf(std::move(all)));
}

Value dictsort(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("dictsort", arguments, {"case_sensitive", "by", "reverse"});
    const Value by = bound.at(1, renderer.heap().text("key"));
    const std::string name = by.isString() ? std::string(by.bytes()) : std::string();
    if (name != "key" && name != "value")
        fail(FailureKind::Runtime, "You can only sort by either \"key\" or \"value\"");
    expectDefined(input);
    if (!input.isDict())
        typeError("'" + typeName(input) + "' object has no attribute 'items'");
    std::vector<Keyed> all;
    for (const auto& [key, value] : input.dict().entries())
        all.push_back({ignoringCase(renderer, name == "key" ? key : value, flag(renderer, bound, 0)),
                       renderer.heap().tuple({key, value})});
    sortByKey(renderer, all, reverseFlag(bound, 2));
    return renderer.heap().list(valuesOf(std::move(all)));
}

Value groupby(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("groupby", arguments, {"attribute", "default", "case_sensitive"});
    const AttributePath path(renderer, bound.at(0), bound.at(1, Value()));
    const bool caseSensitive = flag(renderer, bound, 2);
    std::vector<Keyed> all;
    for (const Value& value : listed(renderer, input))
        all.push_back({path.keyOf(renderer, value, caseSensitive), value});
    sortByKey(renderer, all, false);
    Values groups;
    for (std::size_t at = 0; at < all.size();) {
        const Value key = all[at].key;
        const Value shown = caseSensitive ? key : path.of(renderer, all[at].value);
        Values members;
        for (; at < all.size() && (all[at].key.isSame(key) || areEqual(all[at].key, key)); ++at)
            members.push_back(all[at].value);
        if (members.empty()) // NaN equals nothing: alone
            members.push_back(all[at++].value);
        groups.emplace_back(std::make_shared<const Items>(
            Items::Form::Group, Values{shown, renderer.heap().list(std::move(members))}, &renderer.budget()));
    }
    return renderer.heap().list(std::move(groups));
}

class UniqueCursor : public Cursor {
public:
    UniqueCursor(Renderer& renderer, Value input, AttributePath path, bool caseSensitive)
        : m_input(std::move(input))
        , m_path(std::move(path))
        , m_seen(&renderer.budget())
        , m_caseSensitive(caseSensitive)
    {
    }

    bool next(Renderer& renderer, Value& value) override
    {
        if (!m_cursor)
            m_cursor = iterate(renderer, m_input);
        while (m_cursor->next(renderer, value)) {
            renderer.budget().step();
            const Value key = m_path.keyOf(renderer, value, m_caseSensitive);
            if (m_seen.find(key))
                continue;
            m_seen.set(key, Value());
            return true;
        }
        return false;
    }

private:
    Value m_input;
    AttributePath m_path;
    Dict m_seen;
    bool m_caseSensitive;
    std::unique_ptr<Cursor> m_cursor;
};

Value unique(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("unique", arguments, {"case_sensitive", "attribute"});
    AttributePath path(renderer, bound.at(1, Value()));
    return Iterator::make(
        std::make_unique<UniqueCursor>(renderer, input, std::move(path), flag(renderer, bound, 0)), input);
}

Value extreme(Renderer& renderer, const Value& input, Arguments& arguments, Order order)
{
    const BoundArguments bound("min", arguments, {"case_sensitive", "attribute"});
    const bool caseSensitive = flag(renderer, bound, 0);
    const std::unique_ptr<Cursor> cursor = iterate(renderer, input);
    Value best;
    if (!cursor->next(renderer, best))
        return Value::undefined("No aggregated item, sequence was empty.");
    const AttributePath path(renderer, bound.at(1, Value()));
    Value bestKey = path.keyOf(renderer, best, caseSensitive);
    Value item;
    while (cursor->next(renderer, item)) {
        renderer.budget().step();
        Value key = path.keyOf(renderer, item, caseSensitive);
        if (!isInOrder(key, bestKey, order))
            continue;
        best = item;
        bestKey = std::move(key);
    }
    return best;
}

Value least(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return extreme(renderer, input, arguments, Order::Less);
}

Value greatest(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return extreme(renderer, input, arguments, Order::Greater);
}

constexpr NamedFilter kFilters[] = {
    {"sort", &sort},     {"dictsort", &dictsort}, {"groupby", &groupby},
    {"unique", &unique}, {"min", &least},         {"max", &greatest},
};

} // namespace

Filter orderFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
