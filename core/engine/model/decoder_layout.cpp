// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which tensors a decoder has, by its family's row and its config.json.
#include "core/engine/model/decoder.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {

Decoder::Decoder(const ModelConfig& config, at::Device device, at::ScalarType type)
    : m_config(config)
    , m_family(familyNamed(config.family))
    , m_device(device)
    , m_type(type)
    , m_rotary(config.rope, device, type)
    , m_layers(static_cast<std::size_t>(config.layers))
{
    const ModuleNames& names = m_family.names;
    const std::int64_t hidden = config.hiddenSize;
    addSlot(std::string(names.embedding) + ".weight", {config.vocabularySize, hidden},
            WeightSlot::Kind::Matrix, m_embedding);
    if (!names.positions.empty())
        addSlot(std::string(names.positions) + ".weight", {config.maxPositions, hidden},
                WeightSlot::Kind::Matrix, m_positions);
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        addLayer(m_layers[i], static_cast<std::int64_t>(i));
    addNorm(m_finalNorm, {}, names.finalNorm, hidden);
    m_head.path = names.head;
    if (!config.tiedEmbeddings)
        addSlot(m_head.path + ".weight", {config.vocabularySize, hidden}, WeightSlot::Kind::Matrix,
                m_head.weight);
    std::sort(m_slots.begin(), m_slots.end(),
              [](const WeightSlot& a, const WeightSlot& b) { return a.name < b.name; });
}

void Decoder::addSlot(std::string name, std::vector<std::int64_t> shape, WeightSlot::Kind kind,
                      at::Tensor& tensor)
{
    m_slots.push_back({std::move(name), std::move(shape), kind, &tensor});
}

void Decoder::addNorm(Norm& norm, const std::string& prefix, std::string_view name, std::int64_t width)
{
    if (name.empty())
        return;
    const std::string path = prefix + std::string(name);
    addSlot(path + ".weight", {width}, WeightSlot::Kind::Norm, norm.weight);
    if (m_family.norm == NormKind::Layer)
        addSlot(path + ".bias", {width}, WeightSlot::Kind::Bias, norm.bias);
}

void Decoder::addLinear(Linear& linear, const std::string& prefix, std::string_view name, std::int64_t out,
                        std::int64_t in, bool bias)
{
    if (name.empty())
        return;
    linear.path = prefix + std::string(name);
    linear.inputMajor = m_family.inputMajor;
    const std::vector<std::int64_t> shape =
        linear.inputMajor ? std::vector<std::int64_t>{in, out} : std::vector<std::int64_t>{out, in};
    addSlot(linear.path + ".weight", shape, WeightSlot::Kind::Matrix, linear.weight);
    if (bias)
        addSlot(linear.path + ".bias", {out}, WeightSlot::Kind::Bias, linear.bias);
}

void Decoder::addAttention(DecoderLayer& layer, const std::string& prefix)
{
    const ModuleNames& names = m_family.names;
    const std::int64_t hidden = m_config.hiddenSize;
    const std::int64_t queries = m_config.heads * m_config.headDim;
    const std::int64_t keys = m_config.keyValueHeads * m_config.headDim;
    const bool bias = m_config.queryKeyValueBias;
    addLinear(layer.fused, prefix, names.fused, queries + 2 * keys, hidden, bias);
    addLinear(layer.query, prefix, names.query, queries, hidden, bias);
    addLinear(layer.key, prefix, names.key, keys, hidden, bias);
    addLinear(layer.value, prefix, names.value, keys, hidden, bias);
    addNorm(layer.queryNorm, prefix, names.queryNorm, m_config.headDim);
    addNorm(layer.keyNorm, prefix, names.keyNorm, m_config.headDim);
    addLinear(layer.output, prefix, names.output, hidden, queries, m_config.outputBias);
}

void Decoder::addFeedForward(DecoderLayer& layer, const std::string& prefix)
{
    const ModuleNames& names = m_family.names;
    const std::int64_t hidden = m_config.hiddenSize;
    const std::int64_t wide = m_config.intermediateSize;
    addLinear(layer.gateUp, prefix, names.gateUp, 2 * wide, hidden, m_config.mlpBias);
    addLinear(layer.gate, prefix, names.gate, wide, hidden, m_config.mlpBias);
    addLinear(layer.up, prefix, names.up, wide, hidden, m_config.mlpBias);
    addLinear(layer.down, prefix, names.down, hidden, wide, m_config.mlpBias);
}

void Decoder::addLayer(DecoderLayer& layer, std::int64_t index)
{
    const ModuleNames& names = m_family.names;
    const std::string prefix = std::string(names.layers) + "." + std::to_string(index) + ".";
    const std::int64_t hidden = m_config.hiddenSize;
    addNorm(layer.beforeAttention, prefix, names.beforeAttention, hidden);
    addNorm(layer.afterAttention, prefix, names.afterAttention, hidden);
    addNorm(layer.beforeFeedForward, prefix, names.beforeFeedForward, hidden);
    addNorm(layer.afterFeedForward, prefix, names.afterFeedForward, hidden);
    addAttention(layer, prefix);
    addFeedForward(layer, prefix);
    const auto at = static_cast<std::size_t>(index);
    layer.scoreScale = m_config.scoreScales[at];
    if (m_config.windowedLayers[at])
        layer.window = m_config.slidingWindow;
}

std::vector<Linear*> Decoder::linears()
{
    std::vector<Linear*> all;
    for (DecoderLayer& layer : m_layers)
        for (Linear* linear : {&layer.fused, &layer.query, &layer.key, &layer.value, &layer.output,
                               &layer.gateUp, &layer.gate, &layer.up, &layer.down})
            if (!linear->path.empty())
                all.push_back(linear);
    all.push_back(&m_head);
    return all;
}

bool Decoder::isQuantised()
{
    const auto all = linears();
    return std::any_of(all.begin(), all.end(),
                       [](const Linear* linear) { return linear->quantised.has_value(); });
}

} // namespace lens
