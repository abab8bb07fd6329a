// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The number type of base weights in memory, where the settings leave it open.
#pragma once

#include "core/config/run_config.h"
#include "core/model_files/model_config.h"

#include <ATen/core/Tensor.h>

namespace lens {

// Of the same work in both types.
struct ProductSeconds {
    double float32 = 0;
    double bfloat16 = 0;
};

// bfloat16 takes half the memory, so it may take up to 1.2 times as long.
bool bfloat16Pays(const ProductSeconds& seconds);

// The least of a few timings on the CPU, with the threads in use: x Wᵀ and its gradient (x Wᵀ) W of 256
// tokens, W a feed-forward matrix of the model, or a part of it where it is large. Some milliseconds.
ProductSeconds timeProducts(const ModelConfig& config);

// float32 or bfloat16. Auto keeps bfloat16 where it is stored so and pays: on the CPU by measuring, on other
// devices always.
at::ScalarType weightType(StorageType wanted, bool storedAsBFloat16, const ModelConfig& config,
                          at::Device device);

} // namespace lens
