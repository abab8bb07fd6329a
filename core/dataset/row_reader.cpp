// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_reader.h"

#include "core/base/error.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t skippedMark(std::string_view bytes)
{
    return bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

} // namespace

RowFile rowFileOf(const std::filesystem::path& path, std::string_view bytes)
{
    const std::string ending = path.extension().string();
    if (ending == ".safetensors")
        return RowFile::Safetensors;
    if (ending == ".jsonl" || ending == ".ndjson")
        return RowFile::JsonLines;
    if (ending == ".txt")
        return RowFile::PlainText;
    const std::size_t first = bytes.find_first_not_of(kBlanks, skippedMark(bytes));
    const char begins = first == std::string_view::npos ? ' ' : bytes[first];
    if (begins == '[')
        return RowFile::JsonList;
    return begins == '{' || ending == ".json" ? RowFile::JsonLines : RowFile::PlainText;
}

RowReader::RowReader(std::string_view bytes, RowFile kind)
    : m_bytes(bytes)
    , m_at(skippedMark(bytes))
    , m_kind(kind)
{
}

std::optional<RawRow> RowReader::next()
{
    return m_kind == RowFile::JsonList ? nextElement() : nextLine();
}

std::optional<RawRow> RowReader::nextLine()
{
    while (m_at < m_bytes.size()) {
        const std::size_t end = std::min(m_bytes.find('\n', m_at), m_bytes.size());
        std::string_view text = m_bytes.substr(m_at, end - m_at);
        const std::uint64_t line = m_line++;
        m_at = end + 1;
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        if (text.find_first_not_of(kBlanks) != std::string_view::npos)
            return RawRow{text, line, std::min(m_at, m_bytes.size())};
    }
    return std::nullopt;
}

void RowReader::skipBlanks()
{
    for (; m_at < m_bytes.size() && kBlanks.find(m_bytes[m_at]) != std::string_view::npos; ++m_at)
        m_line += m_bytes[m_at] == '\n';
}

// Behind the element that begins at m_at: its brackets closed, or its ',' or ']' found.
std::size_t RowReader::elementEnd() const
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = m_at; i < m_bytes.size(); ++i) {
        const char c = m_bytes[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"')
            inString = true;
        else if (c == '[' || c == '{')
            ++depth;
        else if (depth == 0 && (c == ',' || c == ']'))
            return i;
        else if (c == ']' || c == '}')
            --depth;
    }
    return m_bytes.size();
}

std::optional<RawRow> RowReader::nextElement()
{
    if (m_done)
        return std::nullopt;
    const auto malformed = [&](const char* what) { return Error(what, std::to_string(m_line)); };
    skipBlanks();
    if (!m_inList) {
        m_inList = true;
        ++m_at; // the bracket that rowFileOf saw
        skipBlanks();
        if (m_at < m_bytes.size() && m_bytes[m_at] == ']')
            m_done = true;
    }
    if (m_done)
        return std::nullopt;
    const std::size_t end = elementEnd();
    RawRow row{m_bytes.substr(m_at, end - m_at), m_line, end};
    m_line += static_cast<std::uint64_t>(std::count(row.text.begin(), row.text.end(), '\n'));
    m_at = end;
    if (end == m_bytes.size())
        throw malformed("the list has no end (a ] or a \" is missing)");
    m_done = m_bytes[m_at++] == ']';
    if (!m_done)
        return row;
    skipBlanks();
    if (m_at < m_bytes.size())
        throw malformed("something stands behind the end of the list");
    return row;
}

} // namespace lens
