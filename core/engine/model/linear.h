// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A linear module of the decoder, with or without an adapter beside it.
#pragma once

#include "core/engine/model/lora_branch.h"
#include "core/engine/model/quantised_weight.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

namespace lens {

// What all modules of one forward pass share.
struct AdapterPass {
    bool active = true;               // false: the base model alone
    at::Generator* dropout = nullptr; // null: no dropout (not training)
};

struct Linear {
    std::string path;  // "model.layers.0.self_attn.q_proj"
    at::Tensor weight; // (out, in), or (in, out) where input-major; undefined if quantised
    at::Tensor bias;   // (out) or undefined
    // The weight lies as GPT-2's Conv1D has it: (in, out). A branch is the same either way: A (r, in), B
    // (out, r).
    bool inputMajor = false;
    std::optional<LoraBranch> lora;
    // In place of the weight, (out, in) whatever the order of the family; its products are of
    // `quantisedType`.
    std::optional<QuantisedWeight> quantised;
    at::ScalarType quantisedType = at::kFloat;

    std::int64_t outFeatures() const
    {
        return quantised ? quantised->outFeatures() : weight.size(inputMajor ? 1 : 0);
    }
    std::int64_t inFeatures() const
    {
        return quantised ? quantised->inFeatures() : weight.size(inputMajor ? 0 : 1);
    }
    // The weight as (out, in): a view, whichever way it lies; of a quantised one a new tensor.
    at::Tensor matrix() const;

    // x (…, in) → (…, out) in x's type.
    at::Tensor forward(const at::Tensor& x, const AdapterPass& pass) const;
};

// x (…, in) · weightᵀ, weight (out, in): (…, out), with the gradients of both.
at::Tensor plainProduct(const at::Tensor& x, const at::Tensor& weight);

} // namespace lens
