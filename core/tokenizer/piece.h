// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A stretch of text on its way through the pipeline of a tokenizer, and where each of its bytes came from.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

using Span = Encoding::Span;

// A view: the text and the origins belong to the caller of encode() or to a TextArena.
struct Piece {
    std::string_view text;
    std::uint32_t begin = 0;       // byte of the input where the piece begins
    const Span* origins = nullptr; // per byte of text; null: byte i came from begin + i
    TokenId token = kNoToken;      // set: the piece is this added token

    // The bytes of the input that [from, to) of the text came from.
    Span span(std::size_t from, std::size_t to) const;
    // [from, to) of the text as a piece of its own.
    Piece part(std::size_t from, std::size_t to) const;
};

// Text made from a piece by copying, replacing and inserting, with an origin for every byte.
struct AlignedText {
    std::string text;
    std::vector<Span> origins;
    std::size_t* allowance = nullptr; // bytes that may still be made, of the arena

    void copy(const Piece& piece, std::size_t from, std::size_t to);
    void replace(const Piece& piece, std::size_t from, std::size_t to, std::string_view content);
    // The origin of what is put before a character is that character, as Hugging Face's library has it; at
    // the end of the piece, an empty stretch.
    void insert(const Piece& piece, std::size_t at, std::string_view content);

private:
    void spend(std::size_t bytes);
};

// Keeps the texts made during one encode() alive. A tokenizer's file may ask for stages that each make a text
// a hundred times as long: what they may make out of an input is bounded.
class TextArena {
public:
    // Before an input of this many bytes: 64 bytes of text for each, and 1 MiB (the longest real pipelines
    // make about ten). More is an Error.
    void allowFor(std::size_t inputBytes) { m_allowance = kFreeBytes + 64 * inputBytes; }
    AlignedText& fresh()
    {
        m_texts.emplace_back().allowance = &m_allowance;
        return m_texts.back();
    }
    void clear()
    {
        m_texts.clear();
        m_allowance = kFreeBytes;
    }

private:
    static constexpr std::size_t kFreeBytes = 1 << 20;

    std::deque<AlignedText> m_texts;
    std::size_t m_allowance = kFreeBytes;
};

// The whole of `aligned` as the piece that takes the place of `source`.
Piece pieceOf(const AlignedText& aligned, const Piece& source);

} // namespace lens
