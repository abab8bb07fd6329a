// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Cross-entropy over logits that are already there, with all that is told of a token, and its gradient, in
// two passes over them. Numbers that are not finite show as a loss that is not.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens::kernels {

constexpr std::int64_t kIgnoredTarget = -100; // of a row with loss 0, entropy 0 and no gradient

// One value a row; undefined ones are not wanted, but the losses are.
struct CrossEntropyOutputs {
    at::Tensor losses;    // (rows) float64: −ln softmax(z)[target]
    at::Tensor correct;   // (rows) bool: the target is the first of the largest logits
    at::Tensor entropies; // (rows) float64: −Σ p ln p, in nats
    // (rows, vocabulary) of float32, bfloat16, or float64 with logits of float64: (softmax − onehot) · scale,
    // with a softcap times 1 − tanh². May be the logits.
    at::Tensor gradient;
};

// logits (rows, vocabulary) float32 or float64, any row stride; overwritten with z = c tanh(logits / c) where
// `softcap` c is above 0. targets (rows) int64, contiguous, 0 … vocabulary − 1 or kIgnoredTarget.
void crossEntropy(const CrossEntropyOutputs& out, const at::Tensor& logits, const at::Tensor& targets,
                  double softcap = 0, double scale = 1);

} // namespace lens::kernels
