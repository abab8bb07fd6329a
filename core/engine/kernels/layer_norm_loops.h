// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of layer_norm.h over rows first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

namespace lens::kernels {

template <class T>
struct LayerNormForward {
    Rows<const T> x;
    Rows<const T> residual; // may be null
    Rows<T> sum;            // may be null where residual is
    Rows<T> normed;
    Compute<T>* mean;         // (rows)
    Compute<T>* inverse;      // (rows)
    const Compute<T>* weight; // (width)
    const Compute<T>* bias;   // (width)
    std::int64_t width;
    double epsilon;
};

template <class T>
struct LayerNormBackward {
    Rows<T> dx;
    Rows<const T> dNormed;
    Rows<const T> sum;
    Rows<const T> dSum; // may be null
    const Compute<T>* mean;
    const Compute<T>* inverse;
    const Compute<T>* weight;
    std::int64_t width;
};

template <class T>
struct LayerNormLoops {
    void (*forward)(const LayerNormForward<T>&, std::int64_t first, std::int64_t last);
    void (*backward)(const LayerNormBackward<T>&, std::int64_t first, std::int64_t last);
};

template <InstructionSet kSet, class T>
LayerNormLoops<T> layerNormLoops();

} // namespace lens::kernels
