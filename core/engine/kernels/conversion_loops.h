// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of conversion.h over rows first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

namespace lens::kernels {

template <class To, class From>
struct ConversionRows {
    Rows<To> out;
    Rows<const From> x;
    std::int64_t width;
    double scale;
};

struct SplitRows {
    Rows<Bfloat16> high;
    Rows<Bfloat16> low;
    Rows<Bfloat16> highAgain; // may be null
    Rows<const float> x;
    std::int64_t width;
    float scale;
};

template <class To, class From>
struct ConversionLoops {
    // out = scale · x
    void (*convert)(const ConversionRows<To, From>&, std::int64_t first, std::int64_t last);
    // out += scale · x
    void (*add)(const ConversionRows<To, From>&, std::int64_t first, std::int64_t last);
};

using SplitLoop = void (*)(const SplitRows&, std::int64_t first, std::int64_t last);

template <InstructionSet kSet, class To, class From>
ConversionLoops<To, From> conversionLoops();

template <InstructionSet kSet>
SplitLoop splitLoop();

} // namespace lens::kernels
