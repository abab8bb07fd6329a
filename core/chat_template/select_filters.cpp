// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters that go lazily through a sequence with another filter, a test or an attribute: map, select, reject.
#include "core/chat_template/attribute_path.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/value_tests.h"

namespace lens::jinja {
namespace {

// Everything is looked at when the first item is asked for, mistakes in the arguments too.
class LazyCursor : public Cursor {
public:
    LazyCursor(Value input, Arguments arguments)
        : m_arguments(std::move(arguments))
        , m_input(std::move(input))
    {
    }

    bool next(Renderer& renderer, Value& value) override
    {
        if (!m_started) {
            m_started = true;
            if (!isTrue(renderer, m_input))
                return false;
            prepare(renderer);
            m_cursor = iterate(renderer, m_input);
        }
        while (m_cursor && m_cursor->next(renderer, value)) {
            renderer.budget().step();
            if (take(renderer, value))
                return true;
        }
        return false;
    }

protected:
    virtual void prepare(Renderer& renderer) = 0;
    // May change the value; false leaves it out.
    virtual bool take(Renderer& renderer, Value& value) = 0;

    Value takeFirstArgument(const char* otherwise)
    {
        if (m_arguments.positional.empty())
            fail(FailureKind::Runtime, otherwise);
        Value first = m_arguments.positional.front();
        m_arguments.positional.erase(m_arguments.positional.begin());
        return first;
    }

    Arguments m_arguments;

private:
    Value m_input;
    std::unique_ptr<Cursor> m_cursor;
    bool m_started = false;
};

class MapCursor : public LazyCursor {
public:
    using LazyCursor::LazyCursor;

protected:
    void prepare(Renderer& renderer) override
    {
        if (m_arguments.positional.empty()) {
            if (const std::optional<Value> attribute = m_arguments.takeNamed("attribute")) {
                const Value fallback = m_arguments.takeNamed("default").value_or(Value());
                if (!m_arguments.named.empty())
                    fail(FailureKind::Runtime,
                         "Unexpected keyword argument '" + m_arguments.named[0].first + "'");
                m_path.emplace(renderer, *attribute, fallback);
                return;
            }
        }
        m_filter = takeFirstArgument("map requires a filter argument");
    }

    bool take(Renderer& renderer, Value& value) override
    {
        if (m_path) {
            value = m_path->of(renderer, value);
        } else {
            Arguments arguments = m_arguments;
            value = filtered(renderer, m_filter, value, arguments);
        }
        return true;
    }

private:
    std::optional<AttributePath> m_path;
    Value m_filter;
};

class SelectCursor : public LazyCursor {
public:
    SelectCursor(Value input, Arguments arguments, bool wanted, bool byAttribute)
        : LazyCursor(std::move(input), std::move(arguments))
        , m_wanted(wanted)
        , m_byAttribute(byAttribute)
    {
    }

protected:
    void prepare(Renderer& renderer) override
    {
        m_path.emplace(renderer,
                       m_byAttribute ? takeFirstArgument("Missing parameter for attribute name") : Value());
        if (!m_arguments.positional.empty())
            m_test = takeFirstArgument("");
    }

    bool take(Renderer& renderer, Value& value) override
    {
        const Value looked = m_path->of(renderer, value);
        if (!m_test)
            return isTrue(renderer, looked) == m_wanted;
        Arguments arguments = m_arguments;
        return tested(renderer, *m_test, looked, arguments) == m_wanted;
    }

private:
    bool m_wanted;
    bool m_byAttribute;
    std::optional<AttributePath> m_path;
    std::optional<Value> m_test;
};

int nestingOf(const Value& input, const Arguments& arguments)
{
    int nesting = input.nesting();
    for (const Value& one : arguments.positional)
        nesting = std::max(nesting, one.nesting());
    for (const auto& one : arguments.named)
        nesting = std::max(nesting, one.second.nesting());
    return nesting + 1;
}

Value lazy(std::unique_ptr<Cursor> cursor, int nesting)
{
    return Value(std::static_pointer_cast<Object>(
        std::make_shared<Iterator>("generator", std::move(cursor), nesting)));
}

Value map(Renderer&, const Value& input, Arguments& arguments)
{
    const int nesting = nestingOf(input, arguments);
    return lazy(std::make_unique<MapCursor>(input, std::move(arguments)), nesting);
}

template <bool wanted, bool byAttribute>
Value select(Renderer&, const Value& input, Arguments& arguments)
{
    const int nesting = nestingOf(input, arguments);
    return lazy(std::make_unique<SelectCursor>(input, std::move(arguments), wanted, byAttribute), nesting);
}

constexpr NamedFilter kFilters[] = {
    {"map", &map},
    {"select", &select<true, false>},
    {"reject", &select<false, false>},
    {"selectattr", &select<true, true>},
    {"rejectattr", &select<false, true>},
};

} // namespace

Filter selectFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
