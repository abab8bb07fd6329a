// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/decoder.h"

#include "core/base/error.h"
#include "core/engine/model/attention.h"
#include "core/engine/model/dropout.h"
#include "core/engine/model/feed_forward.h"
#include "core/engine/model/head_loss.h"
#include "core/engine/model/module_group.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {
namespace {

// Whether a group takes the place of its modules in this pass: its gradient knows adapters without dropout
// and frozen weights.
bool serves(const std::optional<ExtendedWeights>& group, const AdapterPass& pass)
{
    if (!group || !pass.active)
        return false;
    return std::all_of(group->modules().begin(), group->modules().end(), [&](const ExtendedModule& module) {
        const Linear& linear = *module.linear;
        const bool drops = linear.lora && pass.dropout && linear.lora->dropout > 0;
        return !drops && group->holds(linear) && !(linear.bias.defined() && linear.bias.requires_grad());
    });
}

// Modules of these that are there, for a group; none if one of them cannot be in one.
std::vector<Linear*> groupOf(std::initializer_list<Linear*> modules,
                             const std::vector<const at::Tensor*>& trained)
{
    std::vector<Linear*> found;
    for (Linear* linear : modules) {
        if (linear->path.empty())
            continue;
        const bool isTrained = std::find(trained.begin(), trained.end(), &linear->weight) != trained.end();
        const bool isDora = linear->lora && linear->lora->magnitude.defined();
        if (isTrained || isDora ||
            (!found.empty() && found.front()->quantised.has_value() != linear->quantised.has_value()))
            return {};
        found.push_back(linear);
    }
    return found;
}

std::int64_t roomFor(const std::optional<ExtendedWeights>& group)
{
    return group ? group->room() : 0;
}

std::int64_t gradientRoomFor(const std::optional<ExtendedWeights>& group)
{
    return group ? group->gradientRoom() : 0;
}

} // namespace

void Decoder::extendWeights(const std::vector<const at::Tensor*>& trained)
{
    SharedBuffers shared;
    const auto extend = [&](std::optional<ExtendedWeights>& group, std::initializer_list<Linear*> modules) {
        if (const auto found = groupOf(modules, trained); !found.empty())
            group.emplace(found, shared);
    };
    for (DecoderLayer& layer : m_layers) {
        extend(layer.attentionInputs, {&layer.fused, &layer.query, &layer.key, &layer.value});
        extend(layer.attentionOutput, {&layer.output});
        extend(layer.feedForwardInputs, {&layer.gateUp, &layer.gate, &layer.up});
        extend(layer.feedForwardOutput, {&layer.down});
    }
}

std::size_t Decoder::firstTrainedLayer() const
{
    const auto trains = [](const Linear& linear) {
        return linear.lora || (linear.weight.defined() && linear.weight.requires_grad()) ||
               (linear.bias.defined() && linear.bias.requires_grad());
    };
    const auto isTrained = [](const Norm& norm) {
        return (norm.weight.defined() && norm.weight.requires_grad()) ||
               (norm.bias.defined() && norm.bias.requires_grad());
    };
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const DecoderLayer& layer = m_layers[i];
        for (const Linear* linear : {&layer.fused, &layer.query, &layer.key, &layer.value, &layer.output,
                                     &layer.gateUp, &layer.gate, &layer.up, &layer.down})
            if (trains(*linear))
                return i;
        for (const Norm* norm : {&layer.beforeAttention, &layer.afterAttention, &layer.beforeFeedForward,
                                 &layer.afterFeedForward, &layer.queryNorm, &layer.keyNorm})
            if (isTrained(*norm))
                return i;
    }
    return m_layers.size();
}

void Decoder::tieHead()
{
    if (m_config.tiedEmbeddings)
        m_head.weight = m_embedding;
}

void Decoder::setType(at::ScalarType type)
{
    m_type = type;
    m_rotary = RotaryTable(m_config.rope, m_device, type);
}

std::int64_t Decoder::paddingRow() const
{
    // As torch.nn.Embedding takes it: a negative index counts from the end.
    const std::int64_t id = m_family.paddingRow ? m_config.padId.value_or(-m_config.vocabularySize - 1)
                                                : -m_config.vocabularySize - 1;
    const std::int64_t row = id < 0 ? id + m_config.vocabularySize : id;
    return row < m_config.vocabularySize ? std::max<std::int64_t>(row, -1) : -1;
}

std::optional<std::int64_t> Decoder::mostPositions() const
{
    return m_family.names.positions.empty() ? std::nullopt : std::optional(m_config.maxPositions);
}

bool Decoder::cacheIsStale(std::int64_t past, std::int64_t length) const
{
    return m_family.restartsAtRopeSwitch && past > 0 &&
           frequencyVariant(m_config.rope, past) != frequencyVariant(m_config.rope, length);
}

at::Tensor Decoder::norm(const at::Tensor& x, const Norm& norm) const
{
    return norm.weight.defined() ? normalised(x, norm, m_family.norm, m_config.normEps) : x;
}

at::Tensor Decoder::finalNorm(const at::Tensor& x) const
{
    return norm(x, m_finalNorm);
}

at::Tensor Decoder::logits(const at::Tensor& x, const AdapterPass& pass) const
{
    return softcapped(m_head.forward(x, pass), logitSoftcap());
}

at::Tensor Decoder::embedded(const Documents& documents, const DecoderPass& pass) const
{
    const std::int64_t past = pass.cache ? pass.cache->length : 0;
    at::Tensor x = at::embedding(m_embedding, documents.ids, paddingRow());
    // transformers rounds the factor to the model's type first.
    if (m_config.embeddingScale != 1)
        x = x * at::scalar_tensor(m_config.embeddingScale, x.options().device(at::kCPU)).item<double>();
    if (const auto most = mostPositions()) {
        std::vector<at::Tensor> positions;
        for (const std::int64_t length : documents.lengths) {
            if (past + length > *most)
                throw Error("a row has " + std::to_string(past + length) +
                                " tokens, the model's learned positions end at " + std::to_string(*most),
                            "batch", "use shorter rows");
            positions.push_back(m_positions.narrow(0, past, length));
        }
        x = x + at::cat(positions);
    }
    return withDropout(x, m_config.embeddingDropout, pass.adapter.dropout);
}

LayerPass Decoder::begin(const Documents& documents, const DecoderPass& pass)
{
    const std::int64_t past = pass.cache ? pass.cache->length : 0;
    return {pass, documents.lengths,
            m_config.rope.rotaryDim > 0 ? m_rotary.angles(documents.lengths, past, documents.frequencyLength)
                                        : RotaryAngles{}};
}

at::Tensor Decoder::forward(const Documents& documents, const DecoderPass& pass)
{
    const LayerPass shared = begin(documents, pass);
    at::Tensor x = embedded(documents, pass);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (pass.hidden)
            pass.hidden->push_back(x);
        x = layer(i, x, shared);
    }
    if (pass.cache)
        pass.cache->length += documents.ids.size(0);
    return x;
}

NormedSum Decoder::normedSum(const at::Tensor& x, const at::Tensor& y, const Norm& norm,
                             const std::optional<ExtendedWeights>& reader,
                             const std::optional<ExtendedWeights>& writer) const
{
    const NormRoom room{roomFor(reader), gradientRoomFor(writer)};
    return normalisedSum(x, y, norm, {m_family.norm, m_config.normEps}, room);
}

at::Tensor Decoder::layer(std::size_t index, const at::Tensor& input, const LayerPass& pass)
{
    DecoderLayer& layer = m_layers[index];
    const AdapterPass& adapter = pass.pass.adapter;
    const auto thinned = [&](const at::Tensor& y) {
        return withDropout(y, m_config.residualDropout, adapter.dropout);
    };
    NormedSum first = normedSum(input, {}, layer.beforeAttention, layer.attentionInputs, {});
    at::Tensor x = first.sum;
    at::Tensor heads = attention(index, first.normed, pass);
    first.normed.reset();
    if (index + 1 == m_layers.size() && pass.pass.wanted.defined()) {
        heads = heads.index_select(0, pass.pass.wanted);
        x = x.index_select(0, pass.pass.wanted);
    }
    const auto fed = [&](const at::Tensor& normed) {
        return thinned(norm(feedForward(layer, normed, adapter), layer.afterFeedForward));
    };
    const at::Tensor attended = thinned(norm(output(layer, heads, adapter), layer.afterAttention));
    if (m_config.parallelResidual)
        return fed(norm(x, layer.beforeFeedForward)) + attended + x;
    const NormedSum second =
        normedSum(x, attended, layer.beforeFeedForward, layer.feedForwardInputs, layer.attentionOutput);
    return second.sum + fed(second.normed);
}

Decoder::Heads Decoder::heads(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass)
{
    const std::int64_t d = m_config.headDim;
    const auto split = [&](const at::Tensor& y) { return y.unflatten(-1, {-1, d}); };
    std::vector<at::Tensor> outputs;
    if (serves(layer.attentionInputs, pass))
        outputs = groupForward(x, *layer.attentionInputs);
    Heads heads;
    if (layer.fused.path.empty()) {
        if (outputs.empty())
            outputs = {layer.query.forward(x, pass), layer.key.forward(x, pass),
                       layer.value.forward(x, pass)};
        heads = {split(outputs[0]), split(outputs[1]), split(outputs[2])};
    } else {
        const at::Tensor all = outputs.empty() ? layer.fused.forward(x, pass) : outputs.front();
        if (m_family.fusedOrder == FusedOrder::ByHead) {
            const auto parts = all.unflatten(-1, {-1, 3 * d}).split(d, -1);
            heads = {parts[0], parts[1], parts[2]};
        } else {
            const std::int64_t keys = m_config.keyValueHeads;
            const auto parts = split(all).split_with_sizes({m_config.heads, keys, keys}, 1);
            heads = {parts[0], parts[1], parts[2]};
        }
    }
    heads.query = norm(heads.query, layer.queryNorm);
    heads.key = norm(heads.key, layer.keyNorm);
    return heads;
}

at::Tensor Decoder::attention(std::size_t index, const at::Tensor& x, const LayerPass& pass)
{
    DecoderLayer& layer = m_layers[index];
    const AdapterPass& adapter = pass.pass.adapter;
    const Heads parts = heads(layer, x, adapter);
    AttentionForm form;
    form.lengths = pass.lengths;
    form.scale = layer.scoreScale;
    form.softcap = m_config.attentionSoftcap.value_or(0);
    form.window = layer.window;
    form.dropout = m_config.attentionDropout;
    form.generator = adapter.dropout;
    form.angles = pass.angles;
    form.room = roomFor(layer.attentionOutput);
    form.gradientRoom = gradientRoomFor(layer.attentionInputs);
    if (!pass.pass.cache)
        return attend(parts.query, parts.key, parts.value, form);
    const KeyValueCache::Entry& entry = pass.pass.cache->layers[index];
    const std::int64_t past = pass.pass.cache->length;
    const std::int64_t count = x.size(0);
    entry.keys.narrow(0, past, count).copy_(parts.key);
    entry.values.narrow(0, past, count).copy_(parts.value);
    return attendCached(parts.query, entry.keys.narrow(0, 0, past + count),
                        entry.values.narrow(0, 0, past + count), form);
}

at::Tensor Decoder::output(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass)
{
    return serves(layer.attentionOutput, pass) ? groupForward(x, *layer.attentionOutput).front()
                                               : layer.output.forward(x, pass);
}

at::Tensor Decoder::feedForward(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass)
{
    const Activation activation = m_config.activation;
    const bool isGated = !layer.gate.path.empty() || !layer.gateUp.path.empty();
    std::vector<at::Tensor> parts;
    if (serves(layer.feedForwardInputs, pass))
        parts = groupForward(x, *layer.feedForwardInputs);
    else if (!layer.gateUp.path.empty())
        parts = {layer.gateUp.forward(x, pass)};
    else if (isGated)
        parts = {layer.gate.forward(x, pass), layer.up.forward(x, pass)};
    else
        parts = {layer.up.forward(x, pass)};
    if (!layer.gateUp.path.empty())
        parts = parts.front().chunk(2, -1);
    const at::Tensor gate = isGated ? parts[0] : at::Tensor();
    const at::Tensor& up = parts.back();
    if (serves(layer.feedForwardOutput, pass))
        return gatedGroupForward(gate, up, activation, *layer.feedForwardOutput,
                                 gradientRoomFor(layer.feedForwardInputs));
    return layer.down.forward(isGated ? gated(gate, up, activation) : activated(up, activation), pass);
}

KeyValueCache Decoder::newCache(std::int64_t capacity) const
{
    KeyValueCache cache;
    const auto options = at::TensorOptions().dtype(m_type).device(m_device);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const std::vector<std::int64_t> shape{capacity, m_config.keyValueHeads, m_config.headDim};
        cache.layers.push_back({at::empty(shape, options), at::empty(shape, options)});
    }
    return cache;
}

} // namespace lens
