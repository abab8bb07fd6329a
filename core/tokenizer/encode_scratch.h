// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All that encode() writes to while it works: one per thread at a time, kept for the next call.
#pragma once

#include "core/tokenizer/bpe_merger.h"
#include "core/tokenizer/piece.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/word_cache.h"

#include <vector>

namespace lens {

// The best way of a unigram model to the end of a byte of a word.
struct ViterbiStep {
    double score = 0;
    std::uint32_t from = 0;
    TokenId id = kNoToken;
    bool reached = false;
};

struct EncodeScratch {
    MatchScratch match;
    TextArena arena;
    std::vector<Regex::Match> matches;
    std::vector<Piece> pieces; // the stages read one list and write the other
    std::vector<Piece> nextPieces;
    BpeMerger merger;
    WordCache words;
    std::vector<Symbol> symbols;     // tokens of one pre-tokenizer word
    std::vector<Symbol> wordSymbols; // while a word is merged
    std::vector<ViterbiStep> steps;

    void clear()
    {
        arena.clear();
        pieces.clear();
        nextPieces.clear();
    }
};

} // namespace lens
