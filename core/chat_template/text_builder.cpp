// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/text_builder.h"

#include "core/chat_template/characters.h"

#include <algorithm>

namespace lens::jinja {

void TextBuilder::mark(std::size_t begin, std::size_t end, Source source)
{
    if (source == kOwn || begin == end)
        return;
    if (!m_marks.empty() && m_marks.back().source == source && m_marks.back().end == begin &&
        source != kGeneration)
        m_marks.back().end = end;
    else
        m_marks.push_back({begin, end, source});
}

void TextBuilder::reserve(std::size_t bytes)
{
    m_heap.budget().checkLength(m_bytes.size() + bytes);
    m_heap.budget().take(bytes);
    m_taken += bytes;
}

void TextBuilder::append(std::string_view bytes, Source source)
{
    reserve(bytes.size());
    m_bytes.append(bytes);
    mark(m_bytes.size() - bytes.size(), m_bytes.size(), source);
}

void TextBuilder::appendCharacter(char32_t character, Source source)
{
    const std::size_t begin = m_bytes.size();
    reserve(4);
    jinja::appendCharacter(m_bytes, character);
    mark(begin, m_bytes.size(), source);
}

void TextBuilder::appendRepeated(std::string_view bytes, std::size_t times)
{
    if (times == 0 || bytes.empty())
        return;
    m_heap.budget().checkLength(times);
    reserve(bytes.size() * times);
    m_bytes.reserve(m_bytes.size() + bytes.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        m_bytes.append(bytes);
}

void TextBuilder::append(const Value& text)
{
    append(text, 0, text.bytes().size());
}

void TextBuilder::append(const Value& text, std::size_t begin, std::size_t end)
{
    const std::size_t offset = m_bytes.size();
    append(text.bytes().substr(begin, end - begin), text.source());
    if (text.source() != kOwn)
        return;
    for (const Mark& one : text.text().marks()) {
        const bool whole = begin == 0 && end == text.bytes().size();
        if (whole && one.begin == one.end)
            m_marks.push_back({one.begin + offset, one.end + offset, one.source});
        else if (one.begin < end && one.end > begin)
            mark(std::max(one.begin, begin) - begin + offset, std::min(one.end, end) - begin + offset,
                 one.source);
    }
}

void TextBuilder::markFrom(std::size_t begin, Source source)
{
    std::erase_if(m_marks, [&](const Mark& one) { return one.begin >= begin && one.source != kGeneration; });
    mark(begin, m_bytes.size(), source);
}

void TextBuilder::replaceFrom(std::size_t begin, std::string_view bytes, Source source)
{
    m_bytes.resize(begin);
    std::erase_if(m_marks, [&](const Mark& one) { return one.begin >= begin; });
    for (Mark& one : m_marks)
        one.end = std::min(one.end, begin);
    append(bytes, source);
}

Value TextBuilder::take(bool safe)
{
    m_heap.budget().give(m_taken); // the text counts itself
    m_taken = 0;
    Value value = m_heap.text(std::move(m_bytes), std::move(m_marks), safe);
    m_bytes.clear();
    m_marks.clear();
    return value;
}

} // namespace lens::jinja
