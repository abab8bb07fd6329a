// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// T tokens of the largest micro-batch, e bytes an element, H hidden, q = heads · d, k = key heads · d,
// M intermediate, r rank, L layers, V vocabulary.
#include "core/model_files/memory_estimate.h"

#include "core/model_files/weight_index.h"
#include "core/safetensors/safetensors.h"

#include <algorithm>

namespace lens {
namespace {

using Bytes = std::uint64_t;

// Of the model, as unsigned numbers.
struct Widths {
    explicit Widths(const ModelConfig& config, const TrainingLoad& load)
        : hidden(static_cast<Bytes>(config.hiddenSize))
        , query(static_cast<Bytes>(config.heads * config.headDim))
        , key(static_cast<Bytes>(config.keyValueHeads * config.headDim))
        , intermediate(static_cast<Bytes>(config.intermediateSize))
        , heads(static_cast<Bytes>(config.heads))
        , layers(static_cast<Bytes>(config.layers))
        , vocabulary(static_cast<Bytes>(config.vocabularySize))
        // bfloat16 holds a float32 factor as the sum of two numbers: [hi lo] kept, [hi lo hi] beside a row.
        , room(static_cast<Bytes>(load.rank) * (load.elementBytes == 2 ? 3 : 1))
        , factors(static_cast<Bytes>(load.rank) * (load.elementBytes == 2 ? 2 : 1))
    {
    }

    Bytes hidden, query, key, intermediate, heads, layers, vocabulary;
    Bytes room;    // columns to the right of a row that goes into an adapted product
    Bytes factors; // of one adapted module: x Aᵀ of a token
};

// What one layer keeps for its backward pass:
//   2 H                 its input, and the sum after attention
//   2 (H + room)        what the two norms gave
//   q + 2 k             query, key and value, rotated where they lie
//   q + room            the result of attention
//   2 M                 gate and up; their product is computed again (without a gate: M, counted as 2 M)
//   7 factors           x Aᵀ of q, k, v, o, gate, up and down
// in elements, and in float32 the log-sum-exp of each head and the inverse norms: 4 heads + 8 bytes.
Bytes keptByLayer(const Widths& w, const TrainingLoad& load)
{
    const Bytes elements = 2 * w.hidden + 2 * (w.hidden + w.room) + w.query + 2 * w.key + w.query + w.room +
                           2 * w.intermediate + 7 * w.factors;
    const Bytes scores = load.attentionScores ? 2 * w.heads * load.longestRow : 0;
    return load.tokens * (load.elementBytes * (elements + scores) + 4 * w.heads + 8);
}

// What exists besides while a layer goes backward, the larger of
//   2 H + 4 M           feed-forward: gradients of its output and input, of the product, of gate and up, and
//                       the product again
//   2 H + 2 q + 2 k     attention: those of the layer's two ends, of its result, and of query, key and value
// elements, and the angles of the rotation, 4 d bytes. Of quantised weights the largest group of matrices,
// gate and up or query, key and value, as they are multiplied with.
Bytes temporaries(const ModelConfig& config, const Widths& w, const TrainingLoad& load)
{
    const Bytes feedForward = 2 * w.hidden + 4 * w.intermediate;
    const Bytes attention = 2 * w.hidden + 2 * w.query + 2 * w.key;
    const Bytes matrices =
        load.dequantised ? load.elementBytes * w.hidden * std::max(2 * w.intermediate, w.query + 2 * w.key)
                         : 0;
    return matrices + load.tokens * (load.elementBytes * std::max(feedForward, attention) +
                                     4 * static_cast<Bytes>(config.headDim));
}

// float32: value 4, gradient 4, moments 8, gradient of the step before 4; and the copies beside the weights,
// of which bfloat16 needs three parts of 2 bytes.
Bytes trainedBytes(const TrainingLoad& load)
{
    const Bytes copies = load.rank == 0 ? 0 : load.elementBytes == 2 ? 6 : 4;
    return load.trainedElements * (20 + copies);
}

// Logits of a piece in float32, in whose place the gradient is written; with bfloat16 that has a place of its
// own: 4 or 6 bytes an element. Of the targets: rows before and after the last norm and their gradient, and
// the gradient of all rows.
Bytes lossBytes(const Widths& w, const TrainingLoad& load)
{
    const Bytes rows = std::min(
        std::max<Bytes>(kLossPieceRows, kLossPieceElements / w.vocabulary / kLossPieceRows * kLossPieceRows),
        load.trainedTokens);
    const Bytes each = load.elementBytes == 2 ? 6 : 4;
    return each * rows * w.vocabulary + load.elementBytes * w.hidden * (3 * load.trainedTokens + load.tokens);
}

// An embedding or a head, which stay as they are when the layers' matrices are quantised.
bool isLayerMatrix(const TensorEntry& entry, const ModelConfig& config)
{
    return entry.shape.size() == 2 && entry.shape[0] != config.vocabularySize &&
           !(config.rope.rotaryDim == 0 && entry.shape[0] == config.maxPositions);
}

bool isFloat(DType type)
{
    return type == DType::F64 || type == DType::F32 || type == DType::F16 || type == DType::BF16;
}

double bytesInMemory(const TensorEntry& entry, const ModelConfig& config, const WeightStorage& storage)
{
    if (!isFloat(entry.type))
        return static_cast<double>(entry.bytes.size());
    return static_cast<double>(entry.elements()) *
           (isLayerMatrix(entry, config) ? storage.matrixBytes : static_cast<double>(storage.elementBytes));
}

} // namespace

// q + 2 k rows of width H, H rows of width q, gate, up and down (as everywhere here, a gate is assumed).
std::uint64_t layerMatrixElements(const ModelConfig& config)
{
    const Widths w(config, {});
    return w.layers * w.hidden * (2 * w.query + 2 * w.key + 3 * w.intermediate);
}

std::uint64_t weightBytesInMemory(const std::filesystem::path& modelFolder, const ModelConfig& config,
                                  const WeightStorage& storage)
{
    double bytes = 0;
    int heads = 0; // matrices with a row for each id: the embedding, and a head of its own
    for (const std::filesystem::path& path : weightFilesOf(modelFolder)) {
        const SafetensorsFile file(path);
        for (const auto& [name, entry] : file.tensors()) {
            if (entry.shape.empty() || entry.shape.size() > 2)
                continue;
            const bool ofIds = entry.shape.size() == 2 && entry.shape[0] == config.vocabularySize &&
                               entry.shape[1] == config.hiddenSize;
            if (ofIds && heads++ > 0 && config.tiedEmbeddings)
                continue;
            bytes += bytesInMemory(entry, config, storage);
        }
    }
    return static_cast<std::uint64_t>(bytes);
}

std::uint64_t MemoryEstimate::total() const
{
    return weights + adapters + activations + std::max(layer, loss) + program;
}

MemoryEstimate estimateMemory(const ModelConfig& config, const TrainingLoad& load, bool recompute)
{
    const Widths widths(config, load);
    const Bytes kept = keptByLayer(widths, load);
    MemoryEstimate estimate;
    estimate.weights = load.weightBytes;
    estimate.adapters = trainedBytes(load);
    estimate.activations =
        widths.layers * (recompute ? load.tokens * load.elementBytes * widths.hidden : kept);
    estimate.layer = temporaries(config, widths, load) + (recompute ? kept : 0);
    estimate.loss = lossBytes(widths, load);
    estimate.program = load.programBytes;
    return estimate;
}

bool chooseRecompute(Recompute setting, const MemoryEstimate& off, const MemoryEstimate& on,
                     std::uint64_t availableBytes)
{
    if (setting != Recompute::Auto)
        return setting == Recompute::On;
    const double most = 0.75 * static_cast<double>(availableBytes);
    return static_cast<double>(off.total()) > most && on.total() < off.total();
}

} // namespace lens
