// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The "pre_tokenizer" of a tokenizer.json: cuts text into the words that the model then encodes one by one.
#pragma once

#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/json_part.h"

#include <memory>
#include <vector>

namespace lens {

class PreTokenizerStage {
public:
    virtual ~PreTokenizerStage() = default;
    virtual void apply(const Piece& in, EncodeScratch& scratch, std::vector<Piece>& out) const = 0;
};

class PreTokenizer {
public:
    PreTokenizer() = default; // one word for each piece
    // Throws Error naming a type that is not known. modelReadsBytes: where the last stage is ByteLevel, its
    // letters for bytes are not written out, since the model reads the bytes themselves.
    PreTokenizer(const JsonPart& part, bool modelReadsBytes);

    // Replaces scratch.pieces; added tokens are left as they are.
    void apply(EncodeScratch& scratch) const;

    // The model is to read bytes.
    bool endsWithByteLevel() const { return m_endsWithByteLevel; }

private:
    void add(const JsonPart& part, bool last);
    std::vector<std::unique_ptr<PreTokenizerStage>> m_stages;
    bool m_endsWithByteLevel = false;
};

} // namespace lens
