// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of rms_norm.h over rows first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

namespace lens::kernels {

template <class T>
struct NormForward {
    Rows<const T> x;
    Rows<const T> residual;   // may be null
    Rows<T> sum;              // may be null where residual is
    Rows<T> normed;           //
    Compute<T>* inverse;      // (rows)
    const Compute<T>* weight; // (width)
    std::int64_t width;
    double epsilon;
    bool roundedFirst; // normalised values are rounded to T before the weight
};

template <class T>
struct NormBackward {
    Rows<T> dx;
    Rows<const T> dNormed;
    Rows<const T> sum;
    Rows<const T> dSum; // may be null
    const Compute<T>* inverse;
    const Compute<T>* weight;
    std::int64_t width;
};

template <class T>
struct NormLoops {
    void (*forward)(const NormForward<T>&, std::int64_t first, std::int64_t last);
    void (*backward)(const NormBackward<T>&, std::int64_t first, std::int64_t last);
};

template <InstructionSet kSet, class T>
NormLoops<T> normLoops();

} // namespace lens::kernels
