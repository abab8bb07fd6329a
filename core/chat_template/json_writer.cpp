// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/json_writer.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace lens::jinja {
namespace {

void appendEscape(std::string& out, unsigned unit)
{
    std::array<char, 8> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "\\u%04x", unit);
    out += buffer.data();
}

void appendUnicode(std::string& out, char32_t c)
{
    if (c < 0x10000)
        return appendEscape(out, static_cast<unsigned>(c));
    appendEscape(out, 0xD800 + static_cast<unsigned>((c - 0x10000) >> 10));
    appendEscape(out, 0xDC00 + static_cast<unsigned>((c - 0x10000) & 0x3FF));
}

std::string quoted(std::string_view text, bool ensureAscii)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = nextCharacter(text, at);
        constexpr std::string_view kShort = "\"\\\n\r\t\f\b";
        constexpr std::string_view kLetters = "\"\\nrtfb";
        const std::size_t special = c < 0x80 ? kShort.find(static_cast<char>(c)) : std::string_view::npos;
        if (special != std::string_view::npos)
            (out += '\\') += kLetters[special];
        else if (c < 0x20 || (ensureAscii && c > 0x7E))
            appendUnicode(out, c);
        else
            out += text.substr(begin, at - begin);
    }
    return out + '"';
}

std::string jsonFloat(double number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number > 0 ? "Infinity" : "-Infinity";
    return floatText(number);
}

class JsonWriter {
public:
    JsonWriter(Renderer& renderer, const JsonForm& form)
        : m_renderer(renderer)
        , m_form(form)
        , m_out(renderer.heap())
    {
    }

    void write(const Value& value, std::size_t level)
    {
        const DepthGuard guard(m_renderer.budget());
        m_renderer.budget().step();
        const std::size_t begin = m_out.size();
        writeInner(value, level);
        Source source = value.source();
        if (source == kOwn && value.isString() && !value.text().marks().empty())
            source = value.text().marks()[0].source;
        if (source != kOwn && source != kGeneration)
            m_out.markFrom(begin, source);
    }
    Value take() { return m_out.take(); }

private:
    void writeInner(const Value& value, std::size_t level)
    {
        switch (value.kind()) {
        case Kind::None:
            return m_out.append("null");
        case Kind::Bool:
            return m_out.append(value.asBool() ? "true" : "false");
        case Kind::Int:
            return m_out.append(std::to_string(value.asInt()));
        case Kind::Float:
            return m_out.append(jsonFloat(value.asNumber()));
        case Kind::String:
            return m_out.append(quoted(value.bytes(), m_form.ensureAscii));
        case Kind::List:
        case Kind::Tuple:
            return writeItems(value.items(), level);
        case Kind::Dict:
            return writeDict(value.dict(), level);
        default:
            typeError("Object of type " + typeName(value) + " is not JSON serializable");
        }
    }

    void writeItems(const Items& items, std::size_t level)
    {
        m_out.append('[');
        for (std::size_t i = 0; i < items.size(); ++i) {
            startItem(i == 0, level + 1);
            write(items.values()[i], level + 1);
        }
        if (items.size() > 0)
            newLine(level);
        m_out.append(']');
    }

    void writeDict(const Dict& dict, std::size_t level)
    {
        std::vector<std::pair<Value, Value>> entries = dict.entries();
        if (m_form.sortKeys)
            std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
                return isInOrder(a.first, b.first, Order::Less);
            });
        m_out.append('{');
        bool first = true;
        for (const auto& [key, value] : entries) {
            startItem(first, level + 1);
            first = false;
            writeKey(key);
            m_out.append(m_form.keySeparator);
            write(value, level + 1);
        }
        if (!entries.empty())
            newLine(level);
        m_out.append('}');
    }

    void writeKey(const Value& key)
    {
        if (key.isString())
            return write(key, 0);
        if (!key.isNumber() && !key.isNone())
            typeError("keys must be str, int, float, bool or None, not " + typeName(key));
        m_out.append('"');
        write(key, 0);
        m_out.append('"');
    }

    void startItem(bool first, std::size_t level)
    {
        if (!first)
            m_out.append(m_form.itemSeparator);
        newLine(level);
    }

    void newLine(std::size_t level)
    {
        if (!m_form.indent)
            return;
        m_out.append('\n');
        m_out.appendRepeated(*m_form.indent, level);
    }

    Renderer& m_renderer;
    const JsonForm& m_form;
    TextBuilder m_out;
};

} // namespace

Value jsonText(Renderer& renderer, const Value& value, const JsonForm& form)
{
    JsonWriter writer(renderer, form);
    writer.write(value, 0);
    return writer.take();
}

} // namespace lens::jinja
