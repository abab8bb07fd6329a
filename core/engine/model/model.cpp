// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/model.h"

#include "core/base/error.h"
#include "core/engine/kernels/sums.h"
#include "core/engine/model/flat_batch.h"
#include "core/engine/model/head_loss.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>

#include <cmath>
#include <cstring>

namespace lens {
namespace {

// Ids outside of the vocabulary would be read from memory that belongs to something else (or stop a GPU for
// good).
void requireIds(const at::Tensor& ids, std::int64_t vocabulary, const char* what)
{
    if (ids.dim() != 2 || ids.numel() == 0)
        throw Error(std::string(what) + " are not (rows, time)", "batch");
    if (ids.device().is_cpu() &&
        (ids.max().item<std::int64_t>() >= vocabulary ||
         ids.min().item<std::int64_t>() < (std::strcmp(what, "ids") == 0 ? 0 : -100)))
        throw Error(std::string(what) + " hold an id outside of the model's vocabulary of " +
                        std::to_string(vocabulary),
                    "batch", "the data was made with another tokenizer");
}

} // namespace

Model::Parts::Parts(const ModelConfig& modelConfig, Json json, at::Device where, at::ScalarType weightType)
    : config(modelConfig)
    , configJson(std::move(json))
    , device(where)
    , type(weightType)
    , decoder(config, where, weightType)
    , generator(newGenerator(where, 0))
{
}

AdapterPass Model::Parts::adapterPass(bool withDropout)
{
    placeTensors();
    AdapterPass pass;
    pass.active = adapterActive;
    pass.dropout = withDropout && training ? &generator : nullptr;
    return pass;
}

Model::Model(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

ParameterBuffer& Model::parameters()
{
    if (!m_parts->buffer)
        throw Error("the model has no trained parameters yet", "model");
    return *m_parts->buffer;
}

const ParameterBuffer& Model::parameters() const
{
    return const_cast<Model*>(this)->parameters();
}

const std::vector<AdaptedModule>& Model::modules() const
{
    return m_parts->modules;
}

double Model::baseNorm(std::size_t module) const
{
    constexpr std::int64_t kElementsAtOnce = std::int64_t{1} << 22; // float64 copies of a block: 32 MiB
    std::optional<double>& cached = m_parts->baseNorms.at(module);
    if (!cached) {
        const at::Tensor weight = m_parts->baseWeight(module);
        const std::int64_t rows = std::max<std::int64_t>(1, kElementsAtOnce / weight.size(1));
        double sum = 0;
        for (const at::Tensor& block : weight.split(rows, 0))
            sum += kernels::sumSquares(block);
        cached = std::sqrt(sum);
    }
    return *cached;
}

at::Tensor Model::lossSum(const Batch& batch)
{
    const FlatBatch flat = m_parts->checkedFlat(batch);
    DecoderPass pass;
    pass.adapter = m_parts->adapterPass(true);
    // Only positions that are trained go through the end of the last layer, norm and head.
    pass.wanted = flat.wanted();
    return m_parts->lossOf(m_parts->decoder.forward(flat.documents, pass), flat, pass.adapter);
}

FlatBatch Model::Parts::checkedFlat(const Batch& batch) const
{
    requireIds(batch.ids, config.vocabularySize, "ids");
    requireIds(batch.labels, config.vocabularySize, "labels");
    return flattened(batch, device);
}

at::Tensor Model::Parts::lossOf(const at::Tensor& x, const FlatBatch& flat, const AdapterPass& pass)
{
    const at::Tensor rows = decoder.finalNorm(x);
    const Linear& head = decoder.head();
    if ((head.lora && pass.active) || head.bias.defined())
        return tokenLosses(decoder.logits(rows, pass), flat.targets).sum();
    return headLossSum(rows, head.weight, flat.targets, decoder.logitSoftcap());
}

at::Tensor Model::tokenLoss(const Batch& batch)
{
    const at::Tensor all = logits(batch);
    const at::NoGradGuard guard;
    const FlatBatch flat = padded(batch, m_parts->device);
    at::Tensor losses = at::zeros({all.size(0) * all.size(1)}, all.options());
    losses.index_copy_(
        0, flat.positions,
        tokenLosses(all.view({-1, all.size(2)}).index_select(0, flat.positions), flat.targets));
    return losses.view({all.size(0), all.size(1)}).narrow(1, 0, all.size(1) - 1);
}

at::Tensor Model::logits(const Batch& batch)
{
    requireIds(batch.ids, m_parts->config.vocabularySize, "ids");
    const at::NoGradGuard guard;
    DecoderPass pass;
    pass.adapter = m_parts->adapterPass(false);
    Decoder& decoder = m_parts->decoder;
    const at::Tensor x = decoder.finalNorm(decoder.forward(padded(batch, m_parts->device).documents, pass));
    return decoder.logits(x, pass.adapter).to(at::kFloat).view({batch.ids.size(0), batch.ids.size(1), -1});
}

std::vector<at::Tensor> Model::hiddenStates(const Batch& batch)
{
    requireIds(batch.ids, m_parts->config.vocabularySize, "ids");
    const at::NoGradGuard guard;
    std::vector<at::Tensor> states;
    DecoderPass pass;
    pass.adapter = m_parts->adapterPass(false);
    pass.hidden = &states;
    const at::Tensor last = m_parts->decoder.forward(padded(batch, m_parts->device).documents, pass);
    states.push_back(m_parts->decoder.finalNorm(last));
    for (at::Tensor& state : states)
        state = state.reshape({batch.ids.size(0), batch.ids.size(1), -1});
    return states;
}

void Model::setTraining(bool training)
{
    m_parts->training = training;
}

void Model::setAdapterActive(bool active)
{
    m_parts->adapterActive = active;
}

void Model::seedGenerator(std::uint64_t seed)
{
    m_parts->generator.set_current_seed(seed);
}

std::vector<std::uint8_t> Model::generatorState() const
{
    const at::Tensor state = m_parts->generator.get_state().cpu().contiguous();
    const auto* begin = state.data_ptr<std::uint8_t>();
    return {begin, begin + state.numel()};
}

void Model::setGeneratorState(const std::vector<std::uint8_t>& state)
{
    at::Tensor bytes = at::empty({static_cast<std::int64_t>(state.size())}, at::kByte);
    if (state.size() != generatorState().size())
        throw Error("the state of the random generator has " + std::to_string(state.size()) +
                        " bytes, that of this device has " + std::to_string(generatorState().size()),
                    "random state");
    std::memcpy(bytes.data_ptr(), state.data(), state.size());
    m_parts->generator.set_state(bytes);
}

std::int64_t Model::parameterCount() const
{
    std::int64_t count = 0;
    for (const WeightSlot& slot : m_parts->decoder.slots())
        count += c10::multiply_integers(slot.shape);
    return count;
}

std::uint64_t Model::weightBytes() const
{
    std::uint64_t bytes = 0;
    for (const WeightSlot& slot : m_parts->decoder.slots())
        bytes += slot.tensor->defined() ? slot.tensor->nbytes() : 0;
    for (const Linear* linear : m_parts->decoder.linears())
        bytes += linear->quantised ? static_cast<std::uint64_t>(linear->quantised->bytes()) : 0;
    return bytes;
}

std::int64_t Model::contextLength() const
{
    return m_parts->config.maxPositions;
}

std::optional<std::int64_t> Model::positionLimit() const
{
    return m_parts->decoder.mostPositions();
}

std::int64_t Model::vocabularySize() const
{
    return m_parts->config.vocabularySize;
}

std::string Model::familyName() const
{
    return m_parts->config.family;
}

std::string Model::storageName() const
{
    const std::string type = m_parts->type == at::kBFloat16 ? "bfloat16" : "float32";
    return m_parts->decoder.isQuantised() ? "nf4 and " + type : type;
}

at::Device Model::device() const
{
    return m_parts->device;
}

} // namespace lens
