// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Scaled dot-product attention with grouped queries, by plain products (LibTorch 1.13 has no public fused
// one), with its gradient written out. Keys and values are never repeated for the heads that share them.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace lens {

// 0 where query position offset + i may see key j, −∞ elsewhere: j ≤ i, and j > i − window if there is one.
// (queries, keys). Nothing if every query sees every key.
std::optional<at::Tensor> visibility(std::int64_t queries, std::int64_t keys,
                                     std::optional<std::int64_t> window, const at::TensorOptions& options);

struct AttentionForm {
    double scale = 1;   // of q kᵀ, usually 1/√d
    double softcap = 0; // c: scores become c tanh(score / c) before the mask; 0: they stay
    double dropout = 0; // of the probabilities, where there is a generator
    at::Generator* generator = nullptr;
    std::optional<at::Tensor> mask = std::nullopt; // visibility()
};

// softmax(cap(scale q kᵀ) + mask) v. q (rows, heads, queries, d), k and v (rows, keyValueHeads, keys, d),
// contiguous (a cache of one row may be a part of a longer one); head h reads keys of h / (heads /
// keyValueHeads). Returns (rows, queries, heads · d). Where the probabilities of a layer would take more than
// 64 MiB they are computed again in the backward pass, in pieces.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionForm& form);

} // namespace lens
