// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The adapter beside one linear module: y = x Wᵀ + b + s · drop(x) Aᵀ Bᵀ, with its gradient written out.
// dora_branch.h is the other kind.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens {

struct LoraBranch {
    at::Tensor a;     // (r, in), float32 leaf
    at::Tensor b;     // (out, r), float32 leaf
    double scale = 1; // s
    double dropout = 0;
    // DoRA only, else undefined.
    at::Tensor magnitude{};  // (out), float32 leaf
    at::Tensor rowSquares{}; // (out), float64: ‖row‖² of the frozen weight
    // Kept while A and B stay as they are (micro-batches of a step, tokens of an answer); dora_branch.cpp.
    struct Norms {
        at::Tensor rows; // (out)
        std::uint32_t versionA = 0;
        std::uint32_t versionB = 0;
    };
    mutable Norms norms{};
};

// A frozen module as its branch sees it.
struct FrozenBase {
    at::Tensor weight; // (out, in), maybe a view of a transposed one
    at::Tensor bias;   // (out) or undefined
};

// Which inputs of a branch stay: all, without a mask.
struct DropoutMask {
    at::Tensor keep; // (tokens, in) bool, or undefined
    double scale = 1;

    // For x (tokens, in); `generator` null: all stay.
    static DropoutMask drawn(const at::Tensor& x, double dropout, at::Generator* generator);
    // x with what does not stay set to 0 and the rest scaled up.
    at::Tensor applied(const at::Tensor& x) const;
};

// x (tokens, in) → (tokens, out) in x's type. The branch is computed in float32, as PEFT does; B·A is never
// formed, and nothing is computed for a frozen weight's gradient.
at::Tensor loraForward(const at::Tensor& x, const FrozenBase& base, const LoraBranch& branch,
                       const DropoutMask& mask);

} // namespace lens
