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

GradientNumbers TrainingStep::measure() const
{
    return m_gradient.measure(m_model.parameters().gradient());
}

UpdateResult TrainingStep::update(const GradientNumbers& gradient, const UpdateRequest& request)
{
    ParameterBuffer& parameters = m_model.parameters();
    UpdateResult result;
    {
        const TimedScope timed(result.monitorSeconds);
        if (request.modules) {
            m_modules.takeGradient(m_gradient.hasPrevious() ? std::optional(m_gradient.previous())
                                                            : std::nullopt);
            m_modules.takeValues();
        }
        if (request.keepGradient)
            m_gradient.keep(parameters.gradient());
    }
    {
        const TimedScope timed(result.optimizerSeconds);
        const double factor = clipGradient(parameters.gradient(), gradient.norm, m_settings.maxGradNorm);
        if (m_settings.maxGradNorm > 0)
            result.clipFactor = factor;
        m_optimizer.step(parameters, request.learningRate);
        waitForDevice(m_model.device());
    }
    if (request.modules) {
        const TimedScope timed(result.monitorSeconds);
        result.modules = m_modules.finish();
    }
    return result;
}

} // namespace lens
