// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The matrix products that a training step cannot do without, counted exactly.
#pragma once

#include "core/base/json.h"
#include "core/engine/model/model.h"
#include "core/model_files/model_config.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lens {

enum class WorkPart { FrozenForward, FrozenBackward, Adapter, Attention, Head };
std::string_view workPartName(WorkPart part); // "frozen_forward"

// out (m, n) = a (m, k) · b (k, n), `count` times.
struct Product {
    WorkPart part = WorkPart::FrozenForward;
    std::int64_t m = 0, k = 0, n = 0;
    bool aTransposed = false; // a lies in memory as (k, m)
    bool bTransposed = false; // b lies in memory as (n, k)
    bool float32 = false;     // whatever the type of the weights
    bool tile = false;        // small: each by one thread
    std::int64_t count = 1;

    double flops() const; // of all
};

// Documents that go through the model together.
struct BenchMicroBatch {
    std::vector<std::int64_t> lengths;
    std::int64_t targets = 0;

    std::uint64_t tokens() const;
};

// Per module with x (T, in), r: the frozen weight forward and, but for what reads the embedding, dx; the
// adapter's x Aᵀ, U Bᵀ, g B, vᵀ x, gᵀ U and v A, in float32. Behind the last attention only rows of targets.
// Attention: pairs that see each other only, two products forward and five backward for each head. The head:
// logits and dHidden of the targets. Nothing for what is computed again (recompute). Equal ones are joined.
std::vector<Product> productsOf(const ModelConfig& config, const std::vector<AdaptedModule>& modules,
                                const std::vector<BenchMicroBatch>& batches);

// FLOPs by part and "total".
Json flopsJson(const std::vector<Product>& products);

} // namespace lens
