// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/decoder.h"

#include "core/engine/model/attention.h"
#include "core/engine/model/gated_activation.h"
#include "core/engine/model/rms_norm.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {

Decoder::Decoder(const ModelConfig& config, at::Device device, at::ScalarType type)
    : m_config(config)
    , m_family(familyNamed(config.family))
    , m_device(device)
    , m_type(type)
    , m_rotary(config.rope, config.headDim, device, type)
    , m_layers(static_cast<std::size_t>(config.layers))
{
    const ModuleNames& names = m_family.names;
    const std::int64_t hidden = config.hiddenSize;
    addSlot(std::string(names.embedding) + ".weight", {config.vocabularySize, hidden},
            WeightSlot::Kind::Matrix, m_embedding);
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        addLayer(m_layers[i], static_cast<std::int64_t>(i));
    addSlot(std::string(names.finalNorm) + ".weight", {hidden}, WeightSlot::Kind::Norm, m_finalNorm);
    m_head.path = names.head;
    if (!config.tiedEmbeddings)
        addLinear(m_head, m_head.path, config.vocabularySize, hidden, false);
    std::sort(m_slots.begin(), m_slots.end(),
              [](const WeightSlot& a, const WeightSlot& b) { return a.name < b.name; });
}

void Decoder::addSlot(std::string name, std::vector<std::int64_t> shape, WeightSlot::Kind kind,
                      at::Tensor& tensor)
{
    m_slots.push_back({std::move(name), std::move(shape), kind, &tensor});
}

void Decoder::addLinear(Linear& linear, const std::string& path, std::int64_t out, std::int64_t in, bool bias)
{
    linear.path = path;
    addSlot(path + ".weight", {out, in}, WeightSlot::Kind::Matrix, linear.weight);
    if (bias)
        addSlot(path + ".bias", {out}, WeightSlot::Kind::Bias, linear.bias);
}

void Decoder::addLayer(DecoderLayer& layer, std::int64_t index)
{
    const ModuleNames& names = m_family.names;
    const std::string prefix = std::string(names.layers) + "." + std::to_string(index) + ".";
    const auto path = [&prefix](std::string_view name) { return prefix + std::string(name); };
    const std::int64_t hidden = m_config.hiddenSize;
    const std::int64_t wide = m_config.intermediateSize;
    const std::int64_t queries = m_config.heads * m_config.headDim;
    const std::int64_t keys = m_config.keyValueHeads * m_config.headDim;
    addSlot(path(names.inputNorm) + ".weight", {hidden}, WeightSlot::Kind::Norm, layer.inputNorm);
    addSlot(path(names.attentionNorm) + ".weight", {hidden}, WeightSlot::Kind::Norm, layer.attentionNorm);
    addLinear(layer.query, path(names.query), queries, hidden, m_config.queryKeyValueBias);
    addLinear(layer.key, path(names.key), keys, hidden, m_config.queryKeyValueBias);
    addLinear(layer.value, path(names.value), keys, hidden, m_config.queryKeyValueBias);
    addLinear(layer.output, path(names.output), hidden, queries, m_config.outputBias);
    addLinear(layer.gate, path(names.gate), wide, hidden, m_config.mlpBias);
    addLinear(layer.up, path(names.up), wide, hidden, m_config.mlpBias);
    addLinear(layer.down, path(names.down), hidden, wide, m_config.mlpBias);
    if (m_config.windowedLayers[static_cast<std::size_t>(index)])
        layer.window = m_config.slidingWindow;
}

void Decoder::tieHead()
{
    if (m_config.tiedEmbeddings)
        m_head.weight = m_embedding;
}

void Decoder::setType(at::ScalarType type)
{
    m_type = type;
    m_rotary = RotaryTable(m_config.rope, m_config.headDim, m_device, type);
}

std::vector<Linear*> Decoder::linears()
{
    std::vector<Linear*> all;
    for (DecoderLayer& layer : m_layers)
        for (Linear* linear :
             {&layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up, &layer.down})
            all.push_back(linear);
    all.push_back(&m_head);
    return all;
}

at::Tensor Decoder::norm(const at::Tensor& x, const at::Tensor& weight) const
{
    switch (m_family.norm) {
    case NormKind::Rms:
        break;
    }
    return rmsNorm(x, weight, m_config.rmsNormEps);
}

at::Tensor Decoder::finalNorm(const at::Tensor& x) const
{
    return norm(x, m_finalNorm);
}

at::Tensor Decoder::forward(const at::Tensor& ids, const DecoderPass& pass)
{
    const std::int64_t past = pass.cache ? pass.cache->length : 0;
    const RotaryAngles angles = m_rotary.angles(past, ids.size(1));
    Masks masks;
    at::Tensor x = at::embedding(m_embedding, ids);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (pass.hidden)
            pass.hidden->push_back(x);
        at::Tensor heads = attention(i, norm(x, m_layers[i].inputNorm), pass, angles, masks);
        if (i + 1 == m_layers.size() && pass.wanted.defined()) {
            heads = heads.flatten(0, 1).index_select(0, pass.wanted);
            x = x.flatten(0, 1).index_select(0, pass.wanted);
        }
        x = x + m_layers[i].output.forward(heads, pass.adapter);
        x = x + feedForward(m_layers[i], norm(x, m_layers[i].attentionNorm), pass.adapter);
    }
    if (pass.cache)
        pass.cache->length += ids.size(1);
    return x;
}

at::Tensor Decoder::attention(std::size_t index, const at::Tensor& x, const DecoderPass& pass,
                              const RotaryAngles& angles, Masks& masks) const
{
    const DecoderLayer& layer = m_layers[index];
    const std::int64_t rows = x.size(0);
    const std::int64_t time = x.size(1);
    const auto heads = [&](const at::Tensor& y) { return y.view({rows, time, -1, m_config.headDim}); };
    const at::Tensor q = rotate(heads(layer.query.forward(x, pass.adapter)), angles);
    at::Tensor k = rotate(heads(layer.key.forward(x, pass.adapter)), angles);
    at::Tensor v = heads(layer.value.forward(x, pass.adapter)).transpose(1, 2).contiguous();
    if (pass.cache) {
        KeyValueCache::Entry& entry = pass.cache->layers[index];
        const std::int64_t past = pass.cache->length;
        entry.keys.narrow(2, past, time).copy_(k);
        entry.values.narrow(2, past, time).copy_(v);
        k = entry.keys.narrow(2, 0, past + time);
        v = entry.values.narrow(2, 0, past + time);
    }
    auto mask = masks.find(layer.window);
    if (mask == masks.end())
        mask = masks.emplace(layer.window, visibility(time, k.size(2), layer.window, x.options())).first;
    return attend(q, k, v, mask->second);
}

at::Tensor Decoder::feedForward(const DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass) const
{
    switch (m_family.feedForward) {
    case FeedForwardKind::Gated:
        break;
    }
    return layer.down.forward(gatedSilu(layer.gate.forward(x, pass), layer.up.forward(x, pass)), pass);
}

KeyValueCache Decoder::newCache(std::int64_t capacity) const
{
    KeyValueCache cache;
    const auto options = at::TensorOptions().dtype(m_type).device(m_device);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const std::vector<std::int64_t> shape{1, m_config.keyValueHeads, capacity, m_config.headDim};
        cache.layers.push_back({at::empty(shape, options), at::empty(shape, options)});
    }
    return cache;
}

} // namespace lens
