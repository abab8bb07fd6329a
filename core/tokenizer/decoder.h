// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The "decoder" of a tokenizer.json: from the written forms of tokens back to text.
#pragma once

#include "core/tokenizer/json_part.h"

#include <memory>
#include <string>
#include <vector>

namespace lens {

using TokenTexts = std::vector<std::string>;

class DecoderStage {
public:
    virtual ~DecoderStage() = default;
    virtual void apply(TokenTexts& tokens) const = 0;
};

class Decoder {
public:
    Decoder() = default; // tokens with blanks between them, as Hugging Face's library does without a decoder
    // Throws Error naming a type that is not known.
    explicit Decoder(const JsonPart& part);
    explicit Decoder(std::unique_ptr<DecoderStage> stage);

    std::string apply(TokenTexts tokens) const;

private:
    void add(const JsonPart& part);
    std::vector<std::unique_ptr<DecoderStage>> m_stages;
    bool m_given = false;
};

} // namespace lens
