// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/brace_format.h"

#include "core/chat_template/attributes.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/format_spec.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/printing.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() < 10 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

class BraceFormatter {
public:
    BraceFormatter(Renderer& renderer, const Arguments& arguments, bool safe)
        : m_renderer(renderer)
        , m_arguments(arguments)
        , m_safe(safe)
    {
    }

    // depth: a format inside of a field's spec may hold fields once more.
    Value format(const Value& text, int depth)
    {
        if (depth < 0)
            valueError("Max string recursion exceeded");
        TextBuilder out(m_renderer.heap());
        const std::string_view bytes = text.bytes();
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t brace = std::min(bytes.find_first_of("{}", at), bytes.size());
            out.append(text, at, brace);
            at = brace;
            if (at == bytes.size())
                break;
            if (at + 1 < bytes.size() && bytes[at + 1] == bytes[at]) {
                out.append(text, at, at + 1);
                at += 2;
            } else if (bytes[at] == '}') {
                valueError("Single '}' encountered in format string");
            } else {
                const std::size_t end = fieldEnd(bytes, at + 1);
                out.append(field(text, at + 1, end, depth));
                at = end + 1;
            }
        }
        return out.take(m_safe);
    }

private:
    static std::size_t fieldEnd(std::string_view text, std::size_t at)
    {
        int open = 1;
        for (; at < text.size(); ++at) {
            open += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (open == 0)
                return at;
        }
        valueError("expected '}' before end of string");
    }

    Value field(const Value& text, std::size_t begin, std::size_t end, int depth)
    {
        const std::string_view all = text.bytes().substr(begin, end - begin);
        std::size_t name = 0;
        for (bool inBrackets = false; name < all.size(); ++name) {
            if (all[name] == '{')
                valueError("unexpected '{' in field name");
            inBrackets = all[name] == '[' || (inBrackets && all[name] != ']');
            if (!inBrackets && (all[name] == '!' || all[name] == ':'))
                break;
        }
        char conversion = 0;
        std::size_t spec = name;
        if (name < all.size() && all[name] == '!') {
            if (name + 1 >= all.size())
                valueError("end of string while looking for conversion specifier");
            conversion = all[name + 1];
            spec = name + 2;
            if (spec < all.size() && all[spec] != ':')
                valueError("expected ':' after conversion specifier");
        }
        Value value = converted(fieldValue(all.substr(0, name)), conversion);
        const std::size_t from = begin + std::min(spec + 1, all.size());
        const Value form = format(slicedText(m_renderer.heap(), text, from, end), depth - 1);
        return m_safe ? escapedField(value, form) : formattedValue(m_renderer, value, form.bytes());
    }

    Value escapedField(const Value& value, const Value& form)
    {
        if (value.isSafe() && !form.bytes().empty())
            valueError("no format specification allowed for Markup");
        if (value.isSafe())
            return value;
        return escapedText(m_renderer, formattedValue(m_renderer, value, form.bytes()));
    }

    Value converted(const Value& value, char conversion)
    {
        switch (conversion) {
        case 0:
            return value;
        case 's':
            return textOf(m_renderer, value);
        case 'r':
        case 'a': {
            TextBuilder out(m_renderer.heap());
            reprTo(m_renderer, out, value);
            return out.take();
        }
        default:
            valueError("Unknown conversion specifier");
        }
    }

    Value fieldValue(std::string_view path)
    {
        const std::size_t first = std::min(path.find_first_of(".["), path.size());
        Value value = argument(path.substr(0, first));
        for (std::size_t at = first; at < path.size();) {
            if (path[at] == '.') {
                const std::size_t end = std::min(path.find_first_of(".[", at + 1), path.size());
                if (end == at + 1)
                    valueError("Empty attribute in format string");
                value = attributeOf(m_renderer, value, path.substr(at + 1, end - at - 1));
                at = end;
            } else if (path[at] == '[') {
                const std::size_t end = path.find(']', at);
                if (end == std::string_view::npos)
                    valueError("Missing ']' in format string");
                value = element(value, path.substr(at + 1, end - at - 1));
                at = end + 1;
            } else {
                valueError("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    Value element(const Value& value, std::string_view name)
    {
        if (name.empty())
            valueError("Empty attribute in format string");
        if (isNumber(name))
            return itemOf(m_renderer, value, Value(std::int64_t(std::stoll(std::string(name)))));
        return itemOf(m_renderer, value, m_renderer.heap().text(std::string(name)));
    }

    Value argument(std::string_view name)
    {
        std::size_t index = 0;
        if (name.empty() || isNumber(name)) {
            const bool automatic = name.empty();
            if (m_numbering != 0 && (m_numbering == 1) != automatic)
                valueError("cannot switch between manual and automatic field numbering");
            m_numbering = automatic ? 1 : 2;
            index = automatic ? m_next++ : static_cast<std::size_t>(std::stoll(std::string(name)));
            if (index >= m_arguments.positional.size())
                fail(FailureKind::Lookup, "Replacement index " + std::to_string(index) + " out of range");
            return m_arguments.positional[index];
        }
        for (const auto& [key, value] : m_arguments.named) {
            if (key == name)
                return value;
        }
        fail(FailureKind::Lookup, "'" + std::string(name) + "' is not an argument of the format");
    }

    Renderer& m_renderer;
    const Arguments& m_arguments;
    bool m_safe;
    std::size_t m_next = 0;
    int m_numbering = 0; // 1 automatic, 2 by number
};

} // namespace

Value braceFormatted(Renderer& renderer, const Value& format, const Arguments& arguments)
{
    return BraceFormatter(renderer, arguments, format.isSafe()).format(format, 2);
}

} // namespace lens::jinja
