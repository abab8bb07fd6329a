// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The element-wise loops (*_loops.cpp) are compiled once for each of these, and the best that the processor
// has is used.
#pragma once

#include <string>
#include <vector>

namespace lens::kernels {

enum class InstructionSet {
    Baseline, // what every processor of this architecture has
    Avx2,     // with FMA and F16C
    Avx512,   // F, BW, DQ, VL
};

// What this build holds and this processor can do, the best last.
std::vector<InstructionSet> availableSets();

// The best of them, or what useSet() said.
InstructionSet currentSet();

// For tests and benchmarks; one of availableSets(). Of the whole process.
void useSet(InstructionSet set);

// "baseline", "avx2", "avx512"
std::string nameOf(InstructionSet set);

} // namespace lens::kernels
