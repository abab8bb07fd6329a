// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Forward and backward of a batch, driven layer by layer: every layer has a graph of its own, which goes as
// soon as it was walked back, or is made anew there (gradient checkpointing; Chen et al. 2016, arXiv
// 1604.06174). Layers below the first one of which something is trained have none.
#include "core/base/clock.h"
#include "core/engine/model/model_parts.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <optional>

namespace lens {
namespace {

// What is kept of a layer between the two passes.
struct KeptLayer {
    at::Tensor input;     // leaf
    at::Tensor output;    // with the layer's graph; undefined: made again
    at::Tensor generator; // state before the layer, where it draws and is made again
};

class LayerwisePass {
public:
    LayerwisePass(Model::Parts& parts, const FlatBatch& flat, const TrainingPass& options)
        : m_parts(parts)
        , m_decoder(parts.decoder)
        , m_flat(flat)
        , m_options(options)
    {
        m_pass.adapter = parts.adapterPass(true);
        m_pass.wanted = flat.wanted();
        m_draws = m_pass.adapter.dropout != nullptr;
    }

    std::optional<TrainedBatch> run()
    {
        const double start = monotonicSeconds();
        const LayerPass shared = m_decoder.begin(m_flat.documents, m_pass);
        const at::Tensor embedded = m_decoder.embedded(m_flat.documents, m_pass);
        m_first = embedded.requires_grad() ? 0 : m_decoder.firstTrainedLayer();
        m_inputTrained = embedded.requires_grad();
        at::Tensor x = embedded.detach();
        for (std::size_t i = 0; i < m_decoder.layers(); ++i) {
            if (!goesOn())
                return std::nullopt;
            x = forward(i, x, shared);
        }
        const at::Tensor last = x.requires_grad_(m_inputTrained || m_first < m_decoder.layers());
        const at::Tensor loss = m_parts.lossOf(last, m_flat, m_pass.adapter);
        const TrainedBatch result{loss.detach(), monotonicSeconds() - start - m_waited};
        if (loss.requires_grad())
            loss.mul(m_options.share).backward();
        return backward(last.grad(), embedded, shared) ? std::optional(result) : std::nullopt;
    }

private:
    bool goesOn()
    {
        if (!m_options.goOn)
            return true;
        const double asked = monotonicSeconds();
        const bool yes = m_options.goOn();
        m_waited += monotonicSeconds() - asked;
        return yes;
    }

    // The last layer's graph is needed at once: it is never made again.
    bool isRecomputed(std::size_t index) const
    {
        return m_options.recompute && index + 1 < m_decoder.layers();
    }

    at::Tensor forward(std::size_t index, const at::Tensor& x, const LayerPass& shared)
    {
        if (index < m_first) {
            const at::NoGradGuard guard;
            return m_decoder.layer(index, x, shared);
        }
        KeptLayer kept;
        kept.input = x.detach().requires_grad_(index > m_first || m_inputTrained);
        at::Tensor y;
        if (isRecomputed(index)) {
            const at::NoGradGuard guard;
            if (m_draws)
                kept.generator = m_parts.generator.get_state();
            y = m_decoder.layer(index, kept.input, shared);
        } else {
            kept.output = m_decoder.layer(index, kept.input, shared);
            y = kept.output;
        }
        m_kept.push_back(std::move(kept));
        return y.detach();
    }

    // Gradients from `dy` of the last layer's output down to the embedding. False: cut short.
    bool backward(at::Tensor dy, const at::Tensor& embedded, const LayerPass& shared)
    {
        const at::Tensor generatorAfter = m_draws ? m_parts.generator.get_state() : at::Tensor();
        bool whole = true;
        while (whole && !m_kept.empty()) {
            whole = goesOn();
            if (whole)
                dy = backwardOfLast(dy, shared);
        }
        if (m_draws)
            m_parts.generator.set_state(generatorAfter);
        if (whole && m_inputTrained)
            torch::autograd::backward({embedded}, {dy});
        return whole;
    }

    at::Tensor backwardOfLast(const at::Tensor& dy, const LayerPass& shared)
    {
        KeptLayer kept = std::move(m_kept.back());
        m_kept.pop_back();
        if (!kept.output.defined()) {
            if (m_draws)
                m_parts.generator.set_state(kept.generator);
            kept.output = m_decoder.layer(m_first + m_kept.size(), kept.input, shared);
        }
        torch::autograd::backward({kept.output}, {dy});
        return kept.input.grad();
    }

    Model::Parts& m_parts;
    Decoder& m_decoder;
    const FlatBatch& m_flat;
    const TrainingPass& m_options;
    DecoderPass m_pass;
    std::vector<KeptLayer> m_kept; // of m_first and the layers after it
    std::size_t m_first = 0;
    bool m_inputTrained = false;
    bool m_draws = false;
    double m_waited = 0; // seconds in goOn, which may be a pause: no part of the pass
};

} // namespace

std::optional<TrainedBatch> Model::trainOn(const Batch& batch, const TrainingPass& pass)
{
    const FlatBatch flat = m_parts->checkedFlat(batch);
    if (flat.targets.size(0) == 0)
        return TrainedBatch{at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(m_parts->device)), 0};
    return LayerwisePass(*m_parts, flat, pass).run();
}

} // namespace lens
