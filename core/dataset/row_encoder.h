// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// From one rendered row to tokens with a mask of trained ones. The text is encoded as one string and masked
// by byte spans, never part by part: merges cross the seams.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/row_form.h"

namespace lens {

class RowEncoder {
public:
    // maxLength: tokens; longer rows are cut at their end.
    RowEncoder(const Tokenizer& tokenizer, std::size_t maxLength, bool trainOnPrompt);

    // A token is trained if it holds a byte of an answer; the end mark behind raw text is trained too.
    TokenRow encode(const RenderedRow& row) const;

    // Ids of a text without an end mark, for prompts that are to be continued.
    std::vector<TokenId> encodeOpen(const RenderedRow& row) const;

private:
    Encoding encodeOnce(const RenderedRow& row) const;

    const Tokenizer& m_tokenizer;
    std::size_t m_maxLength;
    bool m_trainOnPrompt;
};

} // namespace lens
