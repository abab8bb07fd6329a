// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/added_tokens.h"

#include "core/tokenizer/character_class.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lens {
namespace {

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t previousCharacter(std::string_view text, std::size_t at)
{
    do
        --at;
    while (at > 0 && isContinuation(text[at]));
    return at;
}

} // namespace

AddedToken addedTokenOf(const JsonPart& part)
{
    AddedToken token;
    token.content = part.text("content");
    token.special = part.flag("special", false);
    token.normalized = part.flag("normalized", !token.special);
    token.singleWord = part.flag("single_word", false);
    token.lstrip = part.flag("lstrip", false);
    token.rstrip = part.flag("rstrip", false);
    return token;
}

void AddedTokenMatcher::add(std::string_view text, const AddedToken& token)
{
    const auto known = m_trie.longestAt(text, 0);
    if (text.empty() || (known && known->length == text.size()))
        return;
    if (m_tokens.empty()) {
        m_word = rustWord();
        m_blanks = rustSpace();
    }
    m_trie.add(text, static_cast<std::int32_t>(m_tokens.size()));
    m_tokens.push_back(token);
    m_firstBytes[static_cast<unsigned char>(text[0])] = true;
}

// The longest token at the first place where one begins.
AddedTokenMatcher::Found AddedTokenMatcher::findFrom(std::string_view text, std::size_t from) const
{
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        if (!m_firstBytes[static_cast<unsigned char>(text[begin])])
            continue;
        if (const auto found = m_trie.longestAt(text, begin))
            return {begin, begin + found->length, &m_tokens[static_cast<std::size_t>(found->value)]};
    }
    return {};
}

bool AddedTokenMatcher::standsAlone(std::string_view text, const Found& found) const
{
    if (found.end < text.size() && m_word.contains(stepUtf8(text, found.end).codePoint))
        return false;
    return found.begin == 0 ||
           !m_word.contains(stepUtf8(text, previousCharacter(text, found.begin)).codePoint);
}

void AddedTokenMatcher::takeBlanks(std::string_view text, Found& found) const
{
    while (found.token->lstrip && found.begin > 0) {
        const std::size_t before = previousCharacter(text, found.begin);
        if (!m_blanks.contains(stepUtf8(text, before).codePoint))
            break;
        found.begin = before;
    }
    while (found.token->rstrip && found.end < text.size()) {
        const Utf8Step step = stepUtf8(text, found.end);
        if (!m_blanks.contains(step.codePoint))
            break;
        found.end += step.length;
    }
}

// As Hugging Face's library: the search goes on behind the match itself, so that a token inside swallowed
// blanks is found too, and may give some of them back; one of which nothing is left is dropped.
void AddedTokenMatcher::apply(const Piece& piece, std::vector<Piece>& out) const
{
    std::size_t done = 0;
    for (Found found = findFrom(piece.text, 0); found.token;) {
        const std::size_t searchFrom = found.end;
        if (!found.token->singleWord || standsAlone(piece.text, found)) {
            takeBlanks(piece.text, found);
            if (found.token->lstrip)
                found.begin = std::max(found.begin, done);
            if (done < found.begin)
                out.push_back(piece.part(done, found.begin));
            if (found.begin < found.end) {
                out.push_back(piece.part(found.begin, found.end));
                out.back().token = found.token->id;
            }
            done = found.end;
        }
        found = findFrom(piece.text, searchFrom);
    }
    if (done < piece.text.size())
        out.push_back(piece.part(done, piece.text.size()));
}

} // namespace lens
