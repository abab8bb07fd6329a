// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// From one rendered row to tokens with a mask of trained ones. The text is encoded as one string and masked
// by byte spans, never part by part: merges cross the seams.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/rendered_row.h"

namespace lens {

class RowEncoder {
public:
    // maxLength: tokens; longer rows are cut at their end.
    RowEncoder(const Tokenizer& tokenizer, std::size_t maxLength, bool trainOnPrompt);

    // A token is trained if it holds a byte of an answer (but a special token that begins before it: one
    // that swallows blanks); the end mark behind raw text is trained too. `spans`: filled with the bytes of
    // the text each token of the row stands for; may be null.
    TokenRow encode(const RenderedRow& row, std::vector<Encoding::Span>* spans = nullptr) const;

    // Ids of a text without an end mark, for prompts that are to be continued.
    std::vector<TokenId> encodeOpen(const RenderedRow& row) const;

private:
    Encoding encodeOnce(const RenderedRow& row) const;
    bool isAnswer(const RenderedRow& row, TokenId id, Encoding::Span span) const;
    std::uint32_t controlTokens(const RenderedRow& row, const Encoding& encoding) const;

    const Tokenizer& m_tokenizer;
    std::size_t m_maxLength;
    bool m_trainOnPrompt;
};

} // namespace lens
