// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The frozen weights of modules that read the same input, one below the other in one buffer, with the factors
// of their adapters beside and below them, so that x Wᵀ + U Bᵀ and g W + v A are one product each:
//
//   in            e
//   [ W of the first module  | its B ]
//   [ W of the second module | its B ]
//   [ A of all modules       |       ]
//
// With float32 weights e is the rank r. bfloat16 weights would round the float32 factors: there every factor
// f is the sum of two bfloat16 numbers, hi = bf16(f) and lo = bf16(f − hi), and a product of two factors is
// hi·hi + hi·lo + lo·hi, which agrees with the float32 one to 2⁻¹⁶; e is 3 r.
#pragma once

#include "core/engine/model/linear.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace lens {

// Where a module lies in the buffer; all views.
struct ExtendedModule {
    Linear* linear = nullptr;
    std::int64_t outFeatures = 0;
    std::int64_t rank = 0;     // 0: has no adapter
    std::int64_t extra = 0;    // e of this module
    std::int64_t firstRow = 0; // of W
    std::int64_t firstFactor =
        0; // column of this module in factors() and in the first part of a gradient's room
    std::int64_t firstRest = 0; // column in the second part of a gradient's room (bfloat16)
    at::Tensor forward;         // (out, in + e)
    at::Tensor b;               // (out, factors · r): [B], or [B_hi, B_lo]
    std::int64_t versionA = -1; // of what lies in the buffer
    std::int64_t versionB = -1;
};

class ExtendedWeights;

// The buffer of groups of one size whose weights are quantised: filled with those of the one that is computed
// with next.
struct SharedBuffer {
    at::Tensor buffer;
    const ExtendedWeights* holder = nullptr;
};
using SharedBuffers =
    std::map<std::array<std::int64_t, 3>, std::shared_ptr<SharedBuffer>>; // by rows, inputs, room

class ExtendedWeights {
public:
    // Copies the weights and makes each module's weight a view of the copy. The modules have one number of
    // inputs and one type. Quantised weights (all of them, or none) stay where they are; their buffer is one
    // of `shared`.
    ExtendedWeights(const std::vector<Linear*>& modules, SharedBuffers& shared);
    ExtendedWeights(const ExtendedWeights&) = delete;
    ExtendedWeights& operator=(const ExtendedWeights&) = delete;

    // Before every use: takes over what of A and B was written to since, and dequantises.
    void refresh();

    const std::vector<ExtendedModule>& modules() const { return m_modules; }
    std::int64_t inFeatures() const { return m_in; }
    std::int64_t outFeatures() const { return m_out; }        // of all modules
    std::int64_t room() const { return m_room; }              // columns wanted to the right of an input's row
    std::int64_t gradientRoom() const { return m_extraRows; } // … of the row of all modules' gradients
    std::int64_t parts() const { return m_parts; }            // 2 with bfloat16 (hi and lo), else 1
    std::int64_t factorColumns() const { return m_factors; }  // parts · Σ r
    const at::Tensor& a() const { return m_a; } // (factorColumns, in): A, or [A_hi; A_lo] of each module
    const at::Tensor& backward() const { return m_backward; } // (Σ out + Σ e, in)
    bool holds(const Linear& linear) const;                   // its weight is still the view it was given

private:
    void measure(const std::vector<Linear*>& modules);
    void place(ExtendedModule& module);
    void dequantise();

    std::int64_t m_in = 0;
    std::int64_t m_out = 0;
    std::int64_t m_room = 0;
    std::int64_t m_extraRows = 0;
    std::int64_t m_parts = 1;
    std::int64_t m_factors = 0;
    at::Tensor m_buffer;
    at::Tensor m_a;
    at::Tensor m_backward;
    std::vector<ExtendedModule> m_modules;
    std::vector<const void*> m_weights;     // where each module's weight lies; of quantised ones null
    std::shared_ptr<SharedBuffer> m_shared; // of quantised weights
};

} // namespace lens
