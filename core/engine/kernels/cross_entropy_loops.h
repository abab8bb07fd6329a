// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of cross_entropy.h over rows first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

namespace lens::kernels {

// L: type of the logits, G: of the gradient.
template <class L, class G>
struct CrossEntropyRows {
    Rows<L> logits;
    const std::int64_t* targets;
    double* losses;
    bool* correct;     // may be null
    double* entropies; // may be null
    Rows<G> gradient;  // may be null
    std::int64_t vocabulary;
    std::int64_t ignored; // the target of rows that count for nothing
    double softcap;       // 0: none
    double scale;         // of the gradient
};

template <class L, class G>
using CrossEntropyLoop = void (*)(const CrossEntropyRows<L, G>&, std::int64_t first, std::int64_t last);

template <InstructionSet kSet, class L, class G>
CrossEntropyLoop<L, G> crossEntropyLoop();

} // namespace lens::kernels
