// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// AdamW on the flat parameter buffer: decoupled weight decay (Loshchilov & Hutter, arXiv 1711.05101) with the
// bias correction of torch.optim.AdamW, in the same order of operations, so that trajectories agree. Used by
// the trainer; knows nothing of gradients' origin. With LoRA+ (Hayou et al. 2024, arXiv 2402.12354) B and
// trained vectors have a learning rate of their own, grouped as PEFT's create_loraplus_optimizer does.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/model/parameter_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lens {

class AdamW {
public:
    AdamW(const ParameterBuffer& parameters, const TrainingSettings& settings);

    // One update of parameters.values() from g = parameters.gradient() · gradientFactor (clipping; the buffer
    // stays as it is) with this learning rate (B and vectors: times the ratio of LoRA+):
    // θ ← θ(1 − lr·decay); m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
    // θ ← θ − lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
    void step(ParameterBuffer& parameters, double learningRate, double gradientFactor = 1);

    // The same in parts, on the CPU only: what is common to all parts of an update, which counts as one step
    // ...
    struct Update {
        double learningRate = 0;
        double gradientFactor = 1;
        double stepSize = 0;   // lr/(1 − β₁ᵗ)
        double secondRoot = 1; // √(1 − β₂ᵗ)
    };
    Update begin(ParameterBuffer& parameters, double learningRate, double gradientFactor);
    // ... and elements [begin, begin + count) of the buffer, which lie in one slice; from any thread.
    void apply(ParameterBuffer& parameters, const Update& update, std::size_t slice, std::int64_t begin,
               std::int64_t count);

    // (elements) float32, the running averages; for checkpoints.
    at::Tensor& firstMoment() { return m_first; }
    at::Tensor& secondMoment() { return m_second; }
    const at::Tensor& firstMoment() const { return m_first; }
    const at::Tensor& secondMoment() const { return m_second; }
    std::int64_t steps() const { return m_steps; } // updates done (skipped steps are none)
    void setSteps(std::int64_t steps) { m_steps = steps; }

private:
    struct Slice {
        bool decayed = false;
        double rateFactor = 1;
    };
    // Neighbouring slices that are treated alike, joined: the slice is the first of them.
    struct Range {
        std::size_t slice = 0;
        std::int64_t offset = 0;
        std::int64_t elements = 0;
    };
    void stepOnCpu(ParameterBuffer& parameters, const Update& update);
    void stepByAten(ParameterBuffer& parameters, const Update& update);
    double decayFactor(const Slice& slice, double learningRate) const;

    double m_beta1;
    double m_beta2;
    double m_epsilon;
    double m_weightDecay;
    std::int64_t m_steps = 0;
    at::Tensor m_first;
    at::Tensor m_second;
    at::Tensor m_scratch; // not on the CPU
    std::vector<Slice> m_slices;
    std::vector<Range> m_ranges;
};

// Whether LoRA+ gives a parameter the learning rate of B: those of B and all vectors (magnitudes, biases,
// norms).
bool hasRateOfB(const ParameterSlice& slice);

// What a gradient of this norm is to be multiplied by: max_norm / (norm + 1e-6) where that is below 1
// (torch's clip_grad_norm_), else 1 (not clipped). maxNorm 0 = no clipping.
double clipFactor(double norm, double maxNorm);

} // namespace lens
