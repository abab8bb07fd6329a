// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The "normalizer" of a tokenizer.json: changes text before it is split, keeping for every byte where it came
// from.
#pragma once

#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/json_part.h"

#include <memory>
#include <vector>

namespace lens {

class NormalizerStage {
public:
    virtual ~NormalizerStage() = default;
    // False: the text stays as it is (a quick look that may err towards true).
    virtual bool changes(std::string_view) const { return true; }
    virtual void apply(const Piece& in, MatchScratch& match, AlignedText& out) const = 0;
};

class Normalizer {
public:
    Normalizer() = default; // changes nothing
    // Throws Error naming a type that is not known.
    explicit Normalizer(const JsonPart& part);
    explicit Normalizer(std::unique_ptr<NormalizerStage> stage);

    Piece apply(const Piece& piece, EncodeScratch& scratch) const;
    bool empty() const { return m_stages.empty(); }

private:
    void add(const JsonPart& part);
    void addBert(const JsonPart& part);
    std::vector<std::unique_ptr<NormalizerStage>> m_stages;
};

} // namespace lens
