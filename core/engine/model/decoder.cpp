// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/decoder.h"

#include "core/base/error.h"
#include "core/engine/model/attention.h"
#include "core/engine/model/dropout.h"
#include "core/engine/model/feed_forward.h"
#include "core/engine/model/head_loss.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {

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

at::Tensor Decoder::embedded(const at::Tensor& ids, std::int64_t past, const AdapterPass& pass) const
{
    at::Tensor x = at::embedding(m_embedding, ids, paddingRow());
    // transformers rounds the factor to the model's type first.
    if (m_config.embeddingScale != 1)
        x = x * at::scalar_tensor(m_config.embeddingScale, x.options().device(at::kCPU)).item<double>();
    if (const auto most = mostPositions()) {
        if (past + ids.size(1) > *most)
            throw Error("a row has " + std::to_string(past + ids.size(1)) + " tokens, the model's " +
                            "learned positions end at " + std::to_string(*most),
                        "batch", "use shorter rows");
        x = x + m_positions.narrow(0, past, ids.size(1));
    }
    return withDropout(x, m_config.embeddingDropout, pass.dropout);
}

at::Tensor Decoder::forward(const at::Tensor& ids, const DecoderPass& pass)
{
    const std::int64_t past = pass.cache ? pass.cache->length : 0;
    const RotaryAngles angles =
        m_config.rope.rotaryDim > 0 ? m_rotary.angles(past, ids.size(1)) : RotaryAngles{};
    Masks masks;
    at::Tensor x = embedded(ids, past, pass.adapter);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (pass.hidden)
            pass.hidden->push_back(x);
        at::Tensor heads = attention(i, norm(x, m_layers[i].beforeAttention), pass, angles, masks);
        if (i + 1 == m_layers.size() && pass.wanted.defined()) {
            heads = heads.flatten(0, 1).index_select(0, pass.wanted);
            x = x.flatten(0, 1).index_select(0, pass.wanted);
        }
        x = added(m_layers[i], x, heads, pass.adapter);
    }
    if (pass.cache)
        pass.cache->length += ids.size(1);
    return x;
}

at::Tensor Decoder::added(const DecoderLayer& layer, const at::Tensor& x, const at::Tensor& heads,
                          const AdapterPass& pass) const
{
    const auto thinned = [&](const at::Tensor& y) {
        return withDropout(y, m_config.residualDropout, pass.dropout);
    };
    const auto fed = [&](const at::Tensor& y) {
        const at::Tensor inner = feedForward(layer, norm(y, layer.beforeFeedForward), pass);
        return thinned(norm(inner, layer.afterFeedForward));
    };
    const at::Tensor attended = thinned(norm(layer.output.forward(heads, pass), layer.afterAttention));
    if (m_config.parallelResidual)
        return fed(x) + attended + x;
    const at::Tensor between = x + attended;
    return between + fed(between);
}

Decoder::Heads Decoder::heads(const DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass) const
{
    const std::int64_t d = m_config.headDim;
    const auto split = [&](const at::Tensor& y) { return y.view({y.size(0), y.size(1), -1, d}); };
    Heads heads;
    if (layer.fused.path.empty()) {
        heads = {split(layer.query.forward(x, pass)), split(layer.key.forward(x, pass)),
                 split(layer.value.forward(x, pass))};
    } else if (m_family.fusedOrder == FusedOrder::ByHead) {
        const at::Tensor all = layer.fused.forward(x, pass).view({x.size(0), x.size(1), -1, 3 * d});
        const auto parts = all.split(d, -1);
        heads = {parts[0], parts[1], parts[2]};
    } else {
        const std::int64_t keys = m_config.keyValueHeads;
        const auto parts =
            split(layer.fused.forward(x, pass)).split_with_sizes({m_config.heads, keys, keys}, 2);
        heads = {parts[0], parts[1], parts[2]};
    }
    heads.query = norm(heads.query, layer.queryNorm);
    heads.key = norm(heads.key, layer.keyNorm);
    return heads;
}

at::Tensor Decoder::attention(std::size_t index, const at::Tensor& x, const DecoderPass& pass,
                              const RotaryAngles& angles, Masks& masks) const
{
    const DecoderLayer& layer = m_layers[index];
    const std::int64_t time = x.size(1);
    const Heads parts = heads(layer, x, pass.adapter);
    const at::Tensor q = rotate(parts.query, angles);
    at::Tensor k = rotate(parts.key, angles);
    at::Tensor v = parts.value.transpose(1, 2).contiguous();
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
    AttentionForm form;
    form.scale = layer.scoreScale;
    form.softcap = m_config.attentionSoftcap.value_or(0);
    form.dropout = m_config.attentionDropout;
    form.generator = pass.adapter.dropout;
    form.mask = mask->second;
    return attend(q, k, v, form);
}

at::Tensor Decoder::feedForward(const DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass) const
{
    const Activation activation = m_config.activation;
    if (!layer.gateUp.path.empty()) {
        const auto parts = layer.gateUp.forward(x, pass).chunk(2, -1);
        return layer.down.forward(gated(parts[0], parts[1], activation), pass);
    }
    if (layer.gate.path.empty())
        return layer.down.forward(activated(layer.up.forward(x, pass), activation), pass);
    return layer.down.forward(gated(layer.gate.forward(x, pass), layer.up.forward(x, pass), activation),
                              pass);
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
