// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/sentence_piece_normalizer.h"

#include "core/tokenizer/utf8.h"

namespace lens {
namespace {

constexpr std::string_view kMetaspace = "\xE2\x96\x81"; // ▁

} // namespace

SentencePieceNormalizer::SentencePieceNormalizer(const SentencePieceFile& file, Prefix prefix,
                                                 const std::string& where)
    : m_map(file.charsMap, where + ": normalizer_spec.precompiled_charsmap")
    , m_prefix(prefix)
    , m_blank(file.escapeWhitespaces ? kMetaspace : std::string_view(" "))
    , m_removeExtra(file.removeExtraWhitespaces)
    , m_prefixAtEnd(file.whitespaceAsSuffix)
{
    for (const auto& piece : file.pieces) {
        if (piece.type == SentencePieceFile::Type::UserDefined)
            m_userDefined.add(piece.text, 0);
    }
}

// What is taken from the text at once: a text that the user defined, one of the map, or a character.
SentencePieceNormalizer::Unit SentencePieceNormalizer::unitAt(std::string_view text, std::size_t at) const
{
    if (const auto defined = m_userDefined.longestAt(text, at))
        return {defined->length, text.substr(at, defined->length)};
    if (const auto mapped = m_map.longestAt(text, at))
        return {mapped->length, mapped->content, true};
    const std::size_t length = stepUtf8(text, at).length;
    return {length, text.substr(at, length)};
}

std::size_t SentencePieceNormalizer::leadingBlanks(std::string_view text) const
{
    std::size_t at = 0;
    while (at < text.size()) {
        const Unit unit = unitAt(text, at);
        if (unit.content != " ")
            break;
        at += unit.length;
    }
    return at;
}

// `content` is the end of the unit's content that is kept.
void SentencePieceNormalizer::append(const Piece& in, std::size_t at, const Unit& unit,
                                     std::string_view content, AlignedText& out) const
{
    const std::size_t skipped = unit.content.size() - content.size();
    for (std::size_t i = 0; i < content.size(); ++i) {
        const std::size_t from = unit.changed ? at : at + skipped + i;
        const std::size_t to = unit.changed ? at + unit.length : from + 1;
        if (content[i] == ' ')
            out.replace(in, from, to, m_blank);
        else
            out.replace(in, from, to, content.substr(i, 1));
    }
}

void SentencePieceNormalizer::apply(const Piece& in, MatchScratch&, AlignedText& out) const
{
    const std::string_view text = in.text;
    std::size_t at = m_removeExtra ? leadingBlanks(text) : 0;
    if (at == text.size())
        return;
    const bool marked = text.starts_with(' ') || text.starts_with(kMetaspace);
    const bool prefixed =
        m_prefix == Prefix::EveryPiece || (m_prefix == Prefix::TextBegin && in.begin == 0 && !marked);
    if (prefixed && !m_prefixAtEnd)
        out.insert(in, at, m_blank);
    bool afterBlank = m_removeExtra;
    while (at < text.size()) {
        const Unit unit = unitAt(text, at);
        std::string_view content = unit.content;
        while (afterBlank && content.starts_with(' '))
            content.remove_prefix(1);
        append(in, at, unit, content, out);
        if (!content.empty())
            afterBlank = m_removeExtra && content.ends_with(' ');
        at += unit.length;
    }
    while (m_removeExtra && out.text.ends_with(m_blank)) {
        out.text.resize(out.text.size() - m_blank.size());
        out.origins.resize(out.text.size());
    }
    if (prefixed && m_prefixAtEnd)
        out.insert(in, text.size(), m_blank);
}

} // namespace lens
