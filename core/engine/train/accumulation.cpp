// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/accumulation.h"

#include "core/base/clock.h"

#include <ATen/Functions.h>

#include <limits>

namespace lens {
namespace {

// Adds the seconds since the last call to `sum`. A GPU works on while it is given more to do; nobody waits
// for it within a window.
class Stopwatch {
public:
    void lap(double& sum)
    {
        const double now = monotonicSeconds();
        sum += now - m_last;
        m_last = now;
    }

private:
    double m_last = monotonicSeconds();
};

// goOn, its seconds added to `sum`: it may wait for the end of a pause.
std::function<bool()> timed(const std::function<bool()>& goOn, double& sum)
{
    if (!goOn)
        return {};
    return [&goOn, &sum] {
        Stopwatch watch;
        const bool yes = goOn();
        watch.lap(sum);
        return yes;
    };
}

} // namespace

WindowResult accumulate(Model& model, const std::vector<TokenRow>& rows, const Window& window,
                        const WindowPass& pass)
{
    WindowResult result;
    Stopwatch watch;
    model.parameters().zeroGradient();
    if (window.trainedTokens == 0) {
        result.loss = std::numeric_limits<double>::quiet_NaN();
        return result;
    }
    const double share = 1.0 / static_cast<double>(window.trainedTokens);
    at::Tensor sum = at::zeros({}, at::TensorOptions(at::kDouble).device(model.device()));
    watch.lap(result.dataSeconds);
    for (const std::vector<std::uint32_t>& indices : window.microBatches) {
        const Batch batch = makeBatch(rows, indices);
        watch.lap(result.dataSeconds);
        if (batch.trainedTokens == 0)
            continue;
        double waited = 0;
        const auto trained = model.trainOn(batch, {share, pass.recompute, timed(pass.goOn, waited)});
        if (!trained) {
            result.whole = false;
            return result;
        }
        sum.add_(trained->lossSum);
        double seconds = 0;
        watch.lap(seconds);
        result.forwardSeconds += trained->forwardSeconds;
        result.backwardSeconds += seconds - trained->forwardSeconds - waited;
    }
    result.loss = sum.item<double>() * share;
    watch.lap(result.backwardSeconds);
    return result;
}

} // namespace lens
