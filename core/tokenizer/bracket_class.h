// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Bracket classes of Oniguruma ([...] with nested classes, &&, [:posix:] and escapes) as sets of code points.
#pragma once

#include "core/tokenizer/pattern_reader.h"

namespace lens {

// The reader stands behind the opening bracket and is left behind the closing one. ignoreCase: the set has
// all that differs in case only (before a leading ^ turns it round, as Oniguruma does it). Throws Error
// naming what is not known.
CodePointSet bracketClass(PatternReader& reader, bool ignoreCase);

} // namespace lens
