// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Numbers of every adapted module at a step: norms of A, B, sBA and their gradients, the gradient's cosine
// with the step before, and how far the update moved ΔW. Nothing of the size of W is ever formed: all from
// r×r products (‖sBA‖ = s·√tr((BᵀB)(AAᵀ))), in float64.
#pragma once

#include "core/engine/model/model.h"
#include "core/metrics/metrics_row.h"

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

namespace lens {

// Factors of one adapter, A (r, in) and B (out, r).
struct LowRank {
    at::Tensor a;
    at::Tensor b;
    double scale = 0;
};

class ModuleMonitor {
public:
    // The model must outlive this object.
    explicit ModuleMonitor(const Model& model);

    bool hasModules() const { return !m_model.modules().empty(); }
    // Before the gradient is clipped; `previous` is the step before's, if there is one.
    void takeGradient(const std::optional<at::Tensor>& previous);
    // Before the optimizer's update.
    void takeValues();
    // After the update: values[module · kModuleFieldCount + field]; absent = NaN.
    std::vector<float> finish();

private:
    // ‖s B A‖_F, or ‖s (B A − B₀ A₀)‖_F where the adapter began as a part of the base (PiSSA).
    double changeNorm(std::size_t module, const LowRank& now) const;

    const Model& m_model;
    at::Tensor m_before; // values before the update
    std::vector<float> m_values;
};

double deltaNorm(const LowRank& adapter);                          // ‖s·B·A‖_F
double deltaDistance(const LowRank& before, const LowRank& after); // ‖s(B'A' − BA)‖_F

} // namespace lens
