// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The sets of characters that the parts of tokenizer.json are defined by, where these are not Oniguruma's:
// those of Rust's regex crate (Unicode 16), of its standard library (17) and of crates with older tables, as
// measured on Hugging Face's library over all code points.
#pragma once

#include "core/tokenizer/unicode_sets.h"

namespace lens {

inline CodePointSet rustSpace()
{
    return knownSet("White_Space");
}

inline CodePointSet rustWord()
{
    return knownSet("Alphabetic") | knownSet("M") | knownSet("Nd") | knownSet("Pc") |
           knownSet("Join_Control");
}

// ASCII punctuation (symbols included) and \p{P}.
inline CodePointSet punctuationMarks()
{
    return punctuationOfUnicode8() | CodePointSet{{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}};
}

} // namespace lens
