// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one decoder: weights laid out by a family's row and a config.json, and the forward pass. Knows nothing
// of files, losses or optimizers.
#pragma once

#include "core/engine/model/extended_weights.h"
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

    // With adapters: modules that read the same input, in the order in which they stand above.
    std::optional<ExtendedWeights> attentionInputs; // fused, or query, key and value
    std::optional<ExtendedWeights> attentionOutput;
    std::optional<ExtendedWeights> feedForwardInputs; // gateUp, or gate and up
    std::optional<ExtendedWeights> feedForwardOutput;
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
        at::Tensor keys; // (capacity, keyValueHeads, d)
        at::Tensor values;
    };
    std::vector<Entry> layers;
    std::int64_t length = 0; // positions filled
};

// Rows one behind the other, without padding.
struct Documents {
    at::Tensor ids;                    // (tokens) int64
    std::vector<std::int64_t> lengths; // Σ = tokens
    // Length by which all documents choose their rotary frequencies; 0: each by its own.
    std::int64_t frequencyLength = 0;
};

// One forward pass.
struct DecoderPass {
    AdapterPass adapter;                       // its generator also serves the model's own dropout
    KeyValueCache* cache = nullptr;            // of the one document; null: every document from position 0
    std::vector<at::Tensor>* hidden = nullptr; // filled with the embedding and each layer's output
    // Tokens whose result is wanted; undefined: all. What nobody reads is not computed in the last layer.
    at::Tensor wanted;
};

// What the layers of a pass share.
struct LayerPass {
    const DecoderPass& pass;
    std::vector<std::int64_t> lengths;
    RotaryAngles angles;
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

    // → (tokens, hidden), or (wanted, hidden), before the final norm. Throws Error for a document beyond
    // mostPositions().
    at::Tensor forward(const Documents& documents, const DecoderPass& pass);
    // The steps of forward(), for who drives the layers himself: the embedding, then each layer.
    LayerPass begin(const Documents& documents, const DecoderPass& pass);
    at::Tensor embedded(const Documents& documents, const DecoderPass& pass) const;
    at::Tensor layer(std::size_t index, const at::Tensor& x, const LayerPass& pass);
    std::size_t layers() const { return m_layers.size(); }
    // The first layer of which something is trained; layers() if none.
    std::size_t firstTrainedLayer() const;
    // Lays the weights of adapted modules out for products with their adapters (ExtendedWeights); once, when
    // all of them have their values. Modules that hold one of these trained tensors stay as they are.
    void extendWeights(const std::vector<const at::Tensor*>& trained);
    at::Tensor finalNorm(const at::Tensor& x) const;
    // Of what finalNorm() gave: (…, vocabulary).
    at::Tensor logits(const at::Tensor& x, const AdapterPass& pass) const;
    KeyValueCache newCache(std::int64_t capacity) const;

private:
    struct Heads {
        at::Tensor query, key, value; // (tokens, heads, d)
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
    // x + y (or x alone) and what the norm makes of it, with room for the group that reads it.
    NormedSum normedSum(const at::Tensor& x, const at::Tensor& y, const Norm& norm,
                        const std::optional<ExtendedWeights>& reader,
                        const std::optional<ExtendedWeights>& writer) const;
    Heads heads(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass);
    // Before the output module: (tokens, heads · d).
    at::Tensor attention(std::size_t index, const at::Tensor& x, const LayerPass& pass);
    at::Tensor output(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass);
    at::Tensor feedForward(DecoderLayer& layer, const at::Tensor& x, const AdapterPass& pass);

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
