// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Causal scaled dot-product attention with grouped queries over documents that lie one behind the other, in
// memory proportional to the tokens. Keys and values are never repeated for the heads that share them: head h
// reads key head h / (heads / keyValueHeads).
#pragma once

#include "core/engine/model/rotary.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

struct AttentionForm {
    std::vector<std::int64_t> lengths;  // of the documents; Σ = tokens
    double scale = 1;                   // of q kᵀ, usually 1/√d
    double softcap = 0;                 // c: scores become c tanh(score / c) before the mask; 0: they stay
    std::optional<std::int64_t> window; // position i sees j with i − window < j ≤ i
    double dropout = 0;                 // of the probabilities, where there is a generator
    at::Generator* generator = nullptr;
    // (tokens, r/2), float32 (float64 for float64), of every token; undefined: nothing is rotated.
    RotaryAngles angles;
    std::int64_t room = 0;         // columns kept free to the right of each row of the result
    std::int64_t gradientRoom = 0; // and of the gradients
};

// softmax(cap(scale q kᵀ) + mask) v of each document, position i of it seeing j ≤ i. q (tokens, heads, d), k
// and v (tokens, keyValueHeads, d), any strides of tokens and heads; on the CPU q and k are rotated where
// they lie, so their values from before are lost. Returns (tokens, heads · d), rows `room` or more columns
// longer, a multiple of 64 bytes. The gradients are parts of one buffer [dq | dk | dv], rows of (heads + 2
// keyValueHeads) · d + gradientRoom columns, rounded up to 64 bytes.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionForm& form);

// Without gradients: the queries (new, heads, d) are the newest positions of one document whose keys and
// values (positions, keyValueHeads, d) lie in a cache, the new ones at its end, not yet rotated. form.angles:
// of the new positions; they are rotated where they lie. form.lengths is not read. Returns (new, heads · d).
at::Tensor attendCached(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                        const AttentionForm& form);

// The same by plain differentiable ATen operations, a document at a time, on any device; uses LibTorch's
// fused attention where it has one. What attend() does where there are no kernels of ours.
at::Tensor attendPlainly(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                         const AttentionForm& form);

} // namespace lens
