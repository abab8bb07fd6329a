// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Language-model head and cross-entropy in one, a piece of the tokens at a time: the logits of a batch never
// exist together, and the gradient is made in the forward pass while a piece's logits are there.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace lens {

// Σ over tokens of −ln softmax(hidden Wᵀ)[target], natural logarithm, float32 scalar with graph.
// hidden (tokens, hidden), weight (vocabulary, hidden), targets (tokens) int64, all of them trained.
// `softcap` c: logits are c tanh(hidden Wᵀ / c); 0: they stay. `piece`: tokens at once; nothing: about 26 MiB
// of logits, 128 at least. With G = (softmax − onehot) · (1 − tanh²): dHidden = G W, and dW = Gᵀ hidden where
// the weight is trained.
at::Tensor headLossSum(const at::Tensor& hidden, const at::Tensor& weight, const at::Tensor& targets,
                       double softcap = 0, std::optional<std::int64_t> piece = std::nullopt);

// c tanh(logits / c); c = 0: the logits.
at::Tensor softcapped(const at::Tensor& logits, double softcap);

// −ln softmax(logits)[target] of each token; logits (tokens, vocabulary) of any type, result float32.
at::Tensor tokenLosses(const at::Tensor& logits, const at::Tensor& targets);

} // namespace lens
