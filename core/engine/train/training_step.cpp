// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/training_step.h"

#include "core/engine/train/device_memory.h"
#include "core/engine/train/timed_scope.h"

namespace lens {

TrainingStep::TrainingStep(Model& model, const TrainingSettings& settings)
    : m_model(model)
    , m_settings(settings)
    , m_optimizer(model.parameters(), settings)
    , m_gradient(model.parameters())
    , m_modules(model)
{
}

GradientNumbers TrainingStep::measure()
{
    return m_gradient.measure(m_model.parameters());
}

UpdateResult TrainingStep::update(const GradientNumbers& gradient, const UpdateRequest& request)
{
    ParameterBuffer& parameters = m_model.parameters();
    UpdateResult result;
    const double factor = clipFactor(gradient.norm, m_settings.maxGradNorm);
    if (m_settings.maxGradNorm > 0)
        result.clipFactor = factor;
    {
        const TimedScope timed(result.optimizerSeconds);
        if (request.modules)
            result.monitorSeconds = m_modules.update(m_optimizer, parameters, request.learningRate, factor);
        else
            m_optimizer.step(parameters, request.learningRate, factor);
        waitForDevice(m_model.device());
    }
    result.optimizerSeconds -= result.monitorSeconds;
    {
        const TimedScope timed(result.monitorSeconds);
        if (request.modules)
            result.modules = m_modules.finish(m_gradient);
        if (request.keepGradient)
            m_gradient.keep(parameters);
    }
    return result;
}

} // namespace lens
