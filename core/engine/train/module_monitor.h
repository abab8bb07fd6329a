// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Numbers of every adapted module at a step: norms of A, B, sBA and their gradients, the gradient's cosine
// with the step before, and how far the update moved ΔW. Nothing of the size of W is ever formed: all from
// matrices of 2r × 2r (factor_grams.h), in float64. On the CPU they are computed while the optimizer updates
// a module, whose factors are in the cache then; elsewhere by ATen's operations.
#pragma once

#include "core/engine/kernels/factor_grams.h"
#include "core/engine/model/model.h"
#include "core/engine/train/factor_numbers.h"
#include "core/engine/train/gradient_monitor.h"
#include "core/engine/train/optimizer.h"
#include "core/metrics/metrics_row.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace lens {

class ModuleMonitor {
public:
    // The model, with what is trained already chosen, must outlive this object.
    explicit ModuleMonitor(const Model& model);

    bool hasModules() const { return !m_model.modules().empty(); }
    // optimizer.step() of the model's parameters, observed. Returns the seconds that observing took.
    double update(AdamW& optimizer, ParameterBuffer& parameters, double learningRate, double gradientFactor);
    // After it: values[module · kModuleFieldCount + field]; absent = NaN. `gradient` as measured before.
    // Waits for the device.
    std::vector<float> finish(const GradientMonitor& gradient) const;

private:
    // What one thread updates at a time: a factor, or a part of what belongs to no module.
    struct Unit {
        std::size_t slice = 0;
        std::int64_t begin = 0; // in the buffer
        std::int64_t count = 0;
        int module = -1;
        bool isB = false;
    };
    struct Grams {
        kernels::Gram rows;
        kernels::Gram columns;
    };
    struct Scratch {
        std::vector<float> before;
        std::vector<double> panel;
        double seconds = 0;
    };

    double updateOnCpu(AdamW& optimizer, ParameterBuffer& parameters, const AdamW::Update& update);
    void updateFactor(const Unit& unit, const float* values, const std::function<void()>& update,
                      Scratch& scratch);
    void gramsOf(const Unit& unit, const float* before, const float* after, Grams& grams, Scratch& scratch);
    // From m_steps and m_changes, or from m_numbers; `product` is that of the change since the beginning.
    std::vector<kernels::FactorNumbers> numbers() const;

    const Model& m_model;
    std::vector<Unit> m_units;             // the largest first
    std::vector<LowRankFactors> m_initial; // where adapters began as a part of the base (PiSSA), else empty
    std::vector<Grams> m_steps;            // of each module, before the update and after
    std::vector<Grams> m_changes;          // of each module, m_initial and after
    std::vector<Scratch> m_scratch;        // of each thread
    at::Tensor m_before;                   // values before the update; not on the CPU
    ModuleNumbers m_numbers;               // likewise
};

} // namespace lens
