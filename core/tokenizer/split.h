// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Cutting a piece at the matches of a pattern, and what becomes of the matches.
#pragma once

#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/json_part.h"

#include <string>
#include <vector>

namespace lens {

enum class SplitBehavior { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

// Throws Error on another name. `otherwise`: where the field is absent.
SplitBehavior splitBehaviorOf(const JsonPart& part, SplitBehavior otherwise);

struct Split {
    Regex pattern;
    SplitBehavior behavior = SplitBehavior::Isolated;
    bool invert = false; // what does not match counts as the match

    // Appends the parts of the piece; empty ones are left out.
    void apply(const Piece& piece, EncodeScratch& scratch, std::vector<Piece>& out) const;
};

} // namespace lens
