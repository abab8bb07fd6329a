// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/accumulation.h"

#include "core/base/clock.h"
#include "core/engine/train/device_memory.h"

#include <ATen/Functions.h>

#include <limits>

namespace lens {
namespace {

// Adds the seconds since the last call to `sum`.
class Stopwatch {
public:
    explicit Stopwatch(at::Device device) : m_device(device) {}
    void lap(double& sum)
    {
        waitForDevice(m_device);
        const double now = monotonicSeconds();
        sum += now - m_last;
        m_last = now;
    }

private:
    at::Device m_device;
    double m_last = monotonicSeconds();
};

} // namespace

WindowResult accumulate(Model& model, const std::vector<TokenRow>& rows, const Window& window)
{
    WindowResult result;
    Stopwatch watch(model.device());
    model.parameters().zeroGradient();
    if (window.trainedTokens == 0) {
        result.loss = std::numeric_limits<double>::quiet_NaN();
        return result;
    }
    const double share = 1.0 / static_cast<double>(window.trainedTokens);
    double sum = 0;
    watch.lap(result.dataSeconds);
    for (const std::vector<std::uint32_t>& indices : window.microBatches) {
        const Batch batch = makeBatch(rows, indices, model.device());
        watch.lap(result.dataSeconds);
        if (batch.trainedTokens == 0)
            continue;
        const at::Tensor loss = model.lossSum(batch);
        sum += loss.item<double>();
        watch.lap(result.forwardSeconds);
        loss.mul(share).backward();
        watch.lap(result.backwardSeconds);
    }
    result.loss = sum * share;
    return result;
}

} // namespace lens
