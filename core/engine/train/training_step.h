// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What follows a window's gradient: its numbers, those of the adapted modules, clipping and the optimizer's
// update. The trainer's step, and what `bench` measures.
#pragma once

#include "core/engine/train/gradient_monitor.h"
#include "core/engine/train/module_monitor.h"
#include "core/engine/train/optimizer.h"

#include <optional>
#include <vector>

namespace lens {

struct UpdateRequest {
    double learningRate = 0;
    bool modules = false;     // numbers of every adapted module
    bool keepGradient = true; // for the next step's cosine; false: nothing is monitored
};

struct UpdateResult {
    std::optional<double> clipFactor;          // nothing: clipping is off
    std::optional<std::vector<float>> modules; // as ModuleMonitor::finish()
    double monitorSeconds = 0;
    double optimizerSeconds = 0;
};

class TrainingStep {
public:
    // Both must outlive this object; the settings may change between steps.
    TrainingStep(Model& model, const TrainingSettings& settings);

    // Of the gradient in the model's buffer, before it is clipped.
    GradientNumbers measure();
    // Moves the parameters by the clipped gradient. `gradient`: what measure() gave, all finite. The buffer's
    // gradient is of no use afterwards where it is kept.
    UpdateResult update(const GradientNumbers& gradient, const UpdateRequest& request);

    bool hasModules() const { return m_modules.hasModules(); }
    AdamW& optimizer() { return m_optimizer; }
    GradientMonitor& gradient() { return m_gradient; }

private:
    Model& m_model;
    const TrainingSettings& m_settings;
    AdamW m_optimizer;
    GradientMonitor m_gradient;
    ModuleMonitor m_modules;
};

} // namespace lens
