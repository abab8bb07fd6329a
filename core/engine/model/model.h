// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A decoder-only language model from a Hugging Face folder, with or without a LoRA adapter: loss, gradients,
// logits, generation. One decoder driven by a description of the family. Not thread-safe.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/model/low_rank.h"
#include "core/engine/model/parameter_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lens {

// Rows padded on the right to the longest.
struct Batch {
    at::Tensor ids;                    // (rows, time) int64
    at::Tensor labels;                 // (rows, time) int64; -100 = not trained; unshifted: the model shifts
    std::vector<std::int64_t> lengths; // real tokens of each row
    std::int64_t tokens = 0;           // Σ lengths
    std::int64_t trainedTokens = 0;    // targets after the shift
    // Dynamic and longrope positions choose their frequencies by a row's length. transformers takes the
    // padded length of the batch for all of its rows; true does so too, false takes each row's own, so that
    // its neighbours do not matter.
    bool sharedFrequencies = false;
};

// How trainOn() goes about it.
struct TrainingPass {
    double share = 1;       // factor of the gradient: 1 / trained tokens of the whole window
    bool recompute = false; // layers keep their input only and are computed again in the backward pass
    // Asked before every layer of both passes; false ends the pass. May be empty.
    std::function<bool()> goOn;
};

struct TrainedBatch {
    at::Tensor lossSum;        // float32 scalar on the model's device, without graph
    double forwardSeconds = 0; // of the call, to the loss; with a GPU: of giving it its tasks
};

struct AdaptedModule {
    std::string path; // "model.layers.0.self_attn.q_proj"
    int layer = -1;
    std::string kind; // "q_proj"
    int rank = 0;
    double scale = 0; // α/r
    std::int64_t inFeatures = 0;
    std::int64_t outFeatures = 0;
    int sliceA = -1; // index into ParameterBuffer::slices()
    int sliceB = -1;
    int sliceMagnitude = -1; // DoRA; −1 without
};

struct GenerateOptions {
    int maxNewTokens = 64;
    double temperature = 0; // 0: greedy
    std::uint64_t seed = 0;
    std::vector<std::int64_t> stopIds; // generation ends after one of these (it is not returned)
};

// How a model with its adapter becomes one without.
struct MergeOptions {
    std::filesystem::path companions; // folder whose tokenizer files and the like are copied; empty: none
    std::uint64_t shardBytes = 5'000'000'000; // no file of weights becomes larger, but for a single tensor
    StorageType dtype = StorageType::Auto;    // Auto: each tensor as the base model stores it
};

// How the weights of the layers' linear modules are kept. Embeddings, head and norms are never quantised.
struct WeightQuantisation {
    Quantisation kind = Quantisation::None;
    bool nested = true; // the scales of the 4-bit numbers are quantised, too
};

class Model {
public:
    // Reads config.json and weights. Throws Error naming everything the decoder does not know and every
    // missing, extra or misshapen tensor. progress(0…1) may be empty. Weights are quantised one by one; those
    // that bitsandbytes quantised to NF4 stay as they are.
    static Model load(const std::filesystem::path& folder, StorageType dtype, at::Device device,
                      const std::function<void(double)>& progress = {}, WeightQuantisation quantisation = {});
    // Fresh random weights (std from config.initializer_range) from a config.json alone: for training from
    // scratch with Method::Full, and for bench. Those of bfloat16 are the rounded ones of float32; there is
    // never more than a piece of them in float32.
    static Model initialise(const std::filesystem::path& configFile, std::uint64_t seed, at::Device device,
                            StorageType dtype = StorageType::Float32);
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;
    ~Model();

    // Exactly one of the three, once, before training. Lora: A and B by init_lora_weights, drawn from `seed`.
    // An adapter that began as PiSSA goes on beside what was left of the base then.
    void attachLora(const AdapterSettings& settings, std::uint64_t seed);
    void attachAdapter(const std::filesystem::path& adapterFolder,
                       double dropout); // PEFT folder; continues it
    void trainAllWeights();             // Method::Full, float32; throws Error for quantised weights

    ParameterBuffer& parameters(); // after one of the above
    const ParameterBuffer& parameters() const;
    const std::vector<AdaptedModule>& modules() const; // sorted by path; empty for Method::Full
    // ‖W₀‖_F of a module, computed once (float64 accumulation), cached.
    double baseNorm(std::size_t module) const;
    // PiSSA: A₀ and B₀ of a module, so that its true change is s(BA − B₀A₀); nothing otherwise.
    std::optional<LowRankFactors> initialFactors(std::size_t module) const;

    // Sum over targets of −ln p(target), float32 scalar with graph. The caller divides by the window's
    // trained tokens: backward(lossSum * 1/N). Dropout acts only while training(true).
    at::Tensor lossSum(const Batch& batch);
    // lossSum() and its gradient times pass.share, added to that of parameters(), layer by layer. Nothing if
    // goOn ended it; the gradient is then a part of the whole.
    std::optional<TrainedBatch> trainOn(const Batch& batch, const TrainingPass& pass);
    void setTraining(bool training);
    // Dropout's own generator: saved and restored for exact resume.
    std::vector<std::uint8_t> generatorState() const;
    void setGeneratorState(const std::vector<std::uint8_t>& state);
    void seedGenerator(std::uint64_t seed);

    // −ln p(target) of each position, 0 where nothing is trained: (rows, time − 1) float32, without graph.
    at::Tensor tokenLoss(const Batch& batch);
    at::Tensor logits(const Batch& batch);                    // (rows, time, vocabulary) float32
    std::vector<at::Tensor> hiddenStates(const Batch& batch); // layers + 1, as in the golden README
    // Greedy or sampled continuation with a key/value cache; calls onToken for each id (false stops).
    std::vector<std::int64_t> generate(const std::vector<std::int64_t>& prompt,
                                       const GenerateOptions& options,
                                       const std::function<bool(std::int64_t)>& onToken = {});
    // Switches the adapter off and on again (compare base and adapter); no effect without one.
    void setAdapterActive(bool active);

    // Writes what was trained as PEFT (adapter_config.json, adapter_model.safetensors) or, for Method::Full,
    // as a model folder (config.json, model.safetensors). `baseModel` goes into base_model_name_or_path.
    // PiSSA is written as the plain adapter of rank 2r that means the same beside the untouched base, and
    // what it began with beside it (initial_adapter.safetensors, initial_adapter_config.json).
    void saveTrained(const std::filesystem::path& folder, const std::string& baseModel) const;

    // Writes base and adapter as one model folder, as transformers lays it out: float32 arithmetic, then the
    // stored type; tensor by tensor from the base's files. Of a quantised weight the adapter is added to what
    // it was trained beside, the dequantised one, and the stored type is that of before quantising. A tied
    // model whose embedding or head was trained becomes an untied one. The folder must not exist or be empty;
    // it appears when it is whole. Throws Error.
    void saveMerged(const std::filesystem::path& folder, const MergeOptions& options) const;

    std::int64_t parameterCount() const; // of the base model, tied weights once
    std::uint64_t weightBytes() const;   // of the base model in memory, tied weights once
    std::int64_t contextLength() const;  // max_position_embeddings
    // Rows can be no longer than this; nothing with rotary positions, which have no end.
    std::optional<std::int64_t> positionLimit() const;
    std::int64_t vocabularySize() const;
    std::string familyName() const;  // "llama"
    std::string storageName() const; // "float32", "bfloat16", "nf4 and bfloat16"
    at::Device device() const;

    class Parts; // model_parts.h
    explicit Model(std::unique_ptr<Parts> parts);

private:
    std::unique_ptr<Parts> m_parts;
};

// Model::saveMerged() of an adapter's folder on the model of another, in little memory: the weights stay in
// the mapped files. Weights are dequantised only where the folder itself holds quantised ones.
// `options.companions` empty: those of the model folder.
void mergeAdapter(const std::filesystem::path& modelFolder, const std::filesystem::path& adapterFolder,
                  const std::filesystem::path& folder, MergeOptions options = {});

} // namespace lens
