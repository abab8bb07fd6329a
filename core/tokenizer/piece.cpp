// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/piece.h"

#include "core/base/error.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lens {

Span Piece::span(std::size_t from, std::size_t to) const
{
    if (!origins)
        return {static_cast<std::uint32_t>(begin + from), static_cast<std::uint32_t>(begin + to)};
    if (text.empty())
        return {begin, begin};
    if (from == to) {
        const std::uint32_t at = from < text.size() ? origins[from].begin : origins[from - 1].end;
        return {at, at};
    }
    return {origins[from].begin, origins[to - 1].end};
}

Piece Piece::part(std::size_t from, std::size_t to) const
{
    return {text.substr(from, to - from), span(from, to).begin, origins ? origins + from : nullptr, kNoToken};
}

void AlignedText::spend(std::size_t bytes)
{
    if (!allowance)
        return;
    if (bytes > *allowance)
        throw Error("the tokenizer makes too much text out of its input",
                    "tokenizer: normalizer or pre_tokenizer", "its stages multiply the text");
    *allowance -= bytes;
}

void AlignedText::copy(const Piece& piece, std::size_t from, std::size_t to)
{
    spend(to - from);
    text.append(piece.text.substr(from, to - from));
    for (std::size_t i = from; i < to; ++i)
        origins.push_back(piece.span(i, i + 1));
}

void AlignedText::replace(const Piece& piece, std::size_t from, std::size_t to, std::string_view content)
{
    spend(content.size());
    text.append(content);
    origins.insert(origins.end(), content.size(), piece.span(from, to));
}

void AlignedText::insert(const Piece& piece, std::size_t at, std::string_view content)
{
    const std::size_t length = at < piece.text.size() ? utf8Length(piece.text[at]) : 0;
    replace(piece, at, std::min(at + length, piece.text.size()), content);
}

Piece pieceOf(const AlignedText& aligned, const Piece& source)
{
    return {aligned.text, source.begin, aligned.origins.data(), kNoToken};
}

} // namespace lens
