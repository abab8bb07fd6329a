// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one decoder: weights laid out by a family's row and a config.json, and the forward pass. Knows nothing
// of files, losses or optimizers.
#pragma once

#include "core/engine/model/family.h"
#include "core/engine/model/linear.h"
#include "core/engine/model/norm.h"
#include "core/engine/model/rotary.h"
#include "core/model_files/model_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens {

// A part that a family has not is left empty: a norm without weight, a module without path.
struct DecoderLayer {
    Norm beforeAttention, afterAttention;
    Norm beforeFeedForward, afterFeedForward;
    Norm queryNorm, keyNorm; // (headDim)
    Linear fused;            // query, key and value in one
    Linear query, key, value;
    Linear output;
    Linear gateUp; // gate and up in one
    Linear gate, up, down;
    std::optional<std::int64_t> window; // position i sees j with i − window < j ≤ i
    double scoreScale = 1;
};

// One tensor of the model file and where it belongs.
struct WeightSlot {
    enum class Kind { Matrix, Bias, Norm }; // the bias of a layer norm is a Bias
    std::string name;                       // "model.layers.0.self_attn.q_proj.weight"
    std::vector<std::int64_t> shape;
    Kind kind = Kind::Matrix;
    at::Tensor* tensor = nullptr;
};

// Keys and values of the positions generated so far, one entry a layer.
struct KeyValueCache {
    struct Entry {
        at::Tensor keys; // (1, keyValueHeads, capacity, d)
        at::Tensor values;
    };
    std::vector<Entry> layers;
    std::int64_t length = 0; // positions filled
};

// One forward pass.
struct DecoderPass {
    AdapterPass adapter;                       // its generator also serves the model's own dropout
    KeyValueCache* cache = nullptr;            // null: every row from position 0
    std::vector<at::Tensor>* hidden = nullptr; // filled with the embedding and each layer's output
    // Positions of the flattened (rows · time) whose result is wanted; undefined: all. What nobody reads is
    // not computed in the last layer.
    at::Tensor wanted;
};

class Decoder {
public:
    Decoder(const ModelConfig& config, at::Device device, at::ScalarType type);
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    // Sorted by name. The head of a tied model is not in it; call tieHead() after filling.
    const std::vector<WeightSlot>& slots() const { return m_slots; }
    void tieHead();
    // Of activations; the caller converts the weights.
    void setType(at::ScalarType type);
    // Every linear module but the head, and the head last; pointers stay valid.
    std::vector<Linear*> linears();
    Linear& head() { return m_head; }
    bool isQuantised(); // any of the linear modules
    const Family& family() const { return m_family; }
    double logitSoftcap() const { return m_config.logitSoftcap.value_or(0); }
    // Row of the embedding that lookups do not train; −1: none.
    std::int64_t paddingRow() const;
    // Rows can be no longer than this; nothing for rotary positions, which have no end.
    std::optional<std::int64_t> mostPositions() const;
    // Whether a cache of `past` positions has to be filled anew for a row of `length`: its keys were rotated
    // with frequencies that such a row does not use, and the family does not mix them.
    bool cacheIsStale(std::int64_t past, std::int64_t length) const;

    // ids (rows, time) → (rows, time, hidden), or (wanted, hidden), before the final norm. Throws Error for a
    // row beyond mostPositions().
    at::Tensor forward(const at::Tensor& ids, const DecoderPass& pass);
    at::Tensor finalNorm(const at::Tensor& x) const;
    // Of what finalNorm() gave: (…, vocabulary).
    at::Tensor logits(const at::Tensor& x, const AdapterPass& pass) const;
    KeyValueCache newCache(std::int64_t capacity) const;

private:
    using Masks = std::map<std::optional<std::int64_t>, std::optional<at::Tensor>>;
    struct Heads {
        at::Tensor query, key, value; // (rows, time, heads, d)
    };

    void addSlot(std::string name, std::vector<std::int64_t> shape, WeightSlot::Kind kind,
                 at::Tensor& tensor);
    void addNorm(Norm& norm, const std::string& prefix, std::string_view name, std::int64_t width);
    void addLinear(Linear& linear, const std::string& prefix, std::string_view name, std::int64_t out,
                   std::int64_t in, bool bias);
    void addAttention(DecoderLayer& layer, const std::string& prefix);
    void addFeedForward(DecoderLayer& layer, const std::string& prefix);
    void addLayer(DecoderLayer& layer, std::int64_t index);

    at::Tensor norm(const at::Tensor& x, const Norm& norm) const;
    at::Tensor embedded(const at::Tensor& ids, std::int64_t past, const AdapterPass& pass) const;
    Heads heads(const DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass) const;
    // Before the output module: (rows, time, heads · d).
    at::Tensor attention(std::size_t index, const at::Tensor& x, const DecoderPass& pass,
                         const RotaryAngles& angles, Masks& masks) const;
    at::Tensor feedForward(const DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass) const;
    // x with what the two blocks add. `heads`: what attention() gave, of the same positions as x.
    at::Tensor added(const DecoderLayer& layer, const at::Tensor& x, const at::Tensor& heads,
                     const AdapterPass& pass) const;

    ModelConfig m_config;
    const Family& m_family;
    at::Device m_device;
    at::ScalarType m_type;
    RotaryTable m_rotary;
    at::Tensor m_embedding; // (vocabulary, hidden)
    at::Tensor m_positions; // (positions, hidden), undefined with rotary positions
    std::vector<DecoderLayer> m_layers;
    Norm m_finalNorm;
    Linear m_head;
    std::vector<WeightSlot> m_slots;
};

} // namespace lens
