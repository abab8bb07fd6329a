// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/word_wrap.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_search.h"

#include <algorithm>

namespace lens::jinja {
namespace {

// Positions are numbers of characters; the text is cut into chunks (words, parts of hyphenated words,
// blanks).
class Wrapper {
public:
    Wrapper(Renderer& renderer, const Value& text, const WrapForm& form)
        : m_renderer(renderer)
        , m_text(text)
        , m_form(form)
    {
        const std::string_view bytes = text.bytes();
        for (std::size_t at = 0; at < bytes.size();) {
            m_offsets.push_back(at);
            m_characters.push_back(nextCharacter(bytes, at));
        }
        m_offsets.push_back(bytes.size());
        m_hyphens.resize(count() + 1);
        for (std::size_t at = count(); at-- > 0;)
            m_hyphens[at] = m_characters[at] == '-' ? m_hyphens[at + 1] + 1 : 0;
        renderer.budget().work(bytes.size() * 16);
    }

    Values run()
    {
        if (m_form.width <= 0)
            valueError("invalid width (must be > 0)");
        cutChunks();
        std::reverse(m_chunks.begin(), m_chunks.end());
        Values lines;
        while (!m_chunks.empty())
            addLine(lines);
        return lines;
    }

private:
    struct Chunk {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::int64_t size() const { return static_cast<std::int64_t>(end - begin); }
    };

    std::size_t count() const { return m_characters.size(); }
    // textwrap knows US-ASCII white space only.
    bool isBlank(std::size_t at) const
    {
        const char32_t c = m_characters[at];
        return c == ' ' || (c >= 9 && c <= 13);
    }
    bool isLetter(std::size_t at) const
    {
        return at < count() && isWordPart(m_characters[at]) && !hasFlag(m_characters[at], kDecimal) &&
               m_characters[at] != '_';
    }
    bool isWord(std::size_t at) const { return at < count() && isWordPart(m_characters[at]); }
    bool isWordOrSign(std::size_t at) const
    {
        constexpr std::string_view kSigns = "!\"'&.,?";
        return isWord(at) ||
               (m_characters[at] < 0x80 && kSigns.find(static_cast<char>(m_characters[at])) != kSigns.npos);
    }

    std::size_t hyphensFrom(std::size_t at) const { return m_hyphens[at]; }

    // Two hyphens or more between words.
    bool isDash(std::size_t at) const
    {
        const std::size_t hyphens = hyphensFrom(at);
        return at > 0 && hyphens >= 2 && isWordOrSign(at - 1) && isWord(at + hyphens);
    }

    // Behind the hyphen at `at` a word may be broken: letters stand before and behind.
    bool breaksBehind(std::size_t at, std::size_t chunk) const
    {
        if (m_characters[at] != '-' || at <= chunk)
            return false;
        const bool twoLetters = at >= 2 && isLetter(at - 1) && isLetter(at - 2);
        const bool letterHyphen =
            at >= 3 && isWordOrSign(at - 1) && m_characters[at - 2] == '-' && isLetter(at - 3);
        const std::size_t next = at + 1;
        const bool behind =
            isLetter(next) && (isLetter(next + 1) ||
                               (next + 2 < count() && m_characters[next + 1] == '-' && isLetter(next + 2)));
        return (twoLetters || letterHyphen) && behind;
    }

    std::size_t wordEnd(std::size_t begin) const
    {
        for (std::size_t at = begin + 1;; ++at) {
            // A word holds at least one character before its end is looked for.
            if (at >= count() || isBlank(at))
                return at;
            if (m_form.breakOnHyphens && breaksBehind(at, begin))
                return at + 1;
            if (m_form.breakOnHyphens && isDash(at))
                return at;
        }
    }

    void cutChunks()
    {
        for (std::size_t at = 0; at < count();) {
            std::size_t end = at;
            while (end < count() && isBlank(end))
                ++end;
            if (end == at && m_form.breakOnHyphens && isDash(at))
                end = at + hyphensFrom(at);
            if (end == at)
                end = wordEnd(at);
            m_chunks.push_back({at, end});
            at = end;
        }
    }

    bool isBlankChunk(const Chunk& chunk) const
    {
        for (std::size_t at = chunk.begin; at < chunk.end; ++at) {
            if (!isSpace(m_characters[at]))
                return false;
        }
        return true;
    }

    void addLine(Values& lines)
    {
        m_renderer.budget().step();
        std::vector<Chunk> line;
        std::int64_t length = 0;
        if (!lines.empty() && isBlankChunk(m_chunks.back()))
            m_chunks.pop_back();
        while (!m_chunks.empty() && length + m_chunks.back().size() <= m_form.width) {
            length += m_chunks.back().size();
            line.push_back(m_chunks.back());
            m_chunks.pop_back();
        }
        if (!m_chunks.empty() && m_chunks.back().size() > m_form.width) {
            placeLongWord(line, m_form.width - length);
        }
        if (!line.empty() && isBlankChunk(line.back()))
            line.pop_back();
        if (!line.empty())
            lines.push_back(slicedText(m_renderer.heap(), m_text, m_offsets[line.front().begin],
                                       m_offsets[line.back().end]));
    }

    void placeLongWord(std::vector<Chunk>& line, std::int64_t space)
    {
        Chunk& word = m_chunks.back();
        const std::int64_t left = m_form.width < 1 ? 1 : space;
        if (m_form.breakLongWords) {
            std::size_t end = word.begin + static_cast<std::size_t>(std::max<std::int64_t>(left, 0));
            if (m_form.breakOnHyphens && word.size() > left)
                end = hyphenBefore(word, end);
            line.push_back({word.begin, end});
            word.begin = end;
        } else if (line.empty()) {
            line.push_back(word);
            m_chunks.pop_back();
        }
    }

    // The last hyphen that has something other than hyphens before it.
    std::size_t hyphenBefore(const Chunk& word, std::size_t end) const
    {
        for (std::size_t at = end; at > word.begin + 1; --at) {
            if (m_characters[at - 1] != '-')
                continue;
            for (std::size_t before = word.begin; before < at - 1; ++before) {
                if (m_characters[before] != '-')
                    return at;
            }
            return end;
        }
        return end;
    }

    Renderer& m_renderer;
    const Value& m_text;
    const WrapForm& m_form;
    std::vector<std::size_t> m_offsets;
    std::u32string m_characters;
    std::vector<std::size_t> m_hyphens; // in a row from here
    std::vector<Chunk> m_chunks;
};

} // namespace

Values wrappedText(Renderer& renderer, const Value& text, const WrapForm& form)
{
    return Wrapper(renderer, text, form).run();
}

} // namespace lens::jinja
