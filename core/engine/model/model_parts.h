// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a Model consists of. Only for the .cpp files that implement model.h.
#pragma once

#include "core/base/json.h"
#include "core/engine/model/decoder.h"
#include "core/engine/model/flat_batch.h"
#include "core/engine/model/low_rank.h"
#include "core/engine/model/model.h"
#include "core/engine/model/weight_files.h"
#include "core/model_files/lora_config.h"

#include <ATen/core/Generator.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lens {

// A tensor of the decoder that another stands in for while the adapter is on.
struct ReplacedTensor {
    at::Tensor* tensor = nullptr;
    at::Tensor original;
    int slice = -1; // of the buffer: trained itself; −1: `instead` stands in
    at::Tensor instead;
};

class Model::Parts {
public:
    // Decoder with undefined weights.
    Parts(const ModelConfig& config, Json configJson, at::Device device, at::ScalarType type);

    void fillFromFiles(std::unique_ptr<WeightFiles> weights, const std::function<void(double)>& progress,
                       WeightQuantisation quantisation = {});
    void fillRandom(std::uint64_t seed);
    // Branches on the modules that `config` names, values 0, and what is trained beside them, with the base's
    // values. `source` names it in errors.
    void attach(const LoraConfig& config, const std::string& source);
    // Part A or B of an adapted module in the buffer, flat or as the matrix it is.
    at::Tensor valuesOf(int slice);
    at::Tensor matrixOf(int slice);
    // PiSSA: from here on sBA stands beside W − s B₀A₀, with these factors kept in `initial`.
    void subtractInitial(std::vector<LowRankFactors> factors);
    // A weight that an adapter's file brings along stands in for that of an adapted module.
    void replaceBase(const std::string& path, const at::Tensor& weight);
    // DoRA: lengths of the rows of the weights that the branches stand beside.
    void measureRows();
    // The decoder sees the trained tensors as they are now, in the type of its weights; or the base's own.
    void placeTensors();
    // The weight of an adapted module as the base model has it; a quantised one in float32.
    at::Tensor baseWeight(std::size_t module) const;
    void trainAll();
    void requireUntrained() const;
    // PiSSA changes the weights that it stands beside: throws Error if one of them is quantised.
    void requireChangeableWeights(const std::string& source) const;

    AdapterPass adapterPass(bool withDropout);
    // Lays adapted weights out with their factors; at the end of attaching.
    void extendWeights();
    // Throws Error for ids outside of the vocabulary.
    FlatBatch checkedFlat(const Batch& batch) const;
    // Σ −ln p of the targets, with graph; x as Decoder::forward() gives it for flat.wanted().
    at::Tensor lossOf(const at::Tensor& x, const FlatBatch& flat, const AdapterPass& pass);
    // One row, newest position only → (vocabulary) logits, float64 on the CPU.
    at::Tensor nextLogits(const std::vector<std::int64_t>& ids, KeyValueCache& cache);

    ModelConfig config;
    Json configJson;
    at::Device device;
    at::ScalarType type;
    std::unique_ptr<WeightFiles> files; // weights of the stored type are views of the mapped files
    Decoder decoder;
    std::optional<ParameterBuffer> buffer;
    std::optional<LoraConfig> lora; // nothing for Method::Full
    std::vector<AdaptedModule> modules;
    std::vector<Linear*> adapted; // of the same index as modules
    std::vector<std::string> targetNames;
    std::vector<ReplacedTensor> replaced;
    std::vector<std::pair<std::string, at::Tensor>> carried; // keys and tensors written as they were read
    std::vector<LowRankFactors> initial; // PiSSA: what an adapter began with, by module; else empty
    mutable std::vector<std::optional<double>> baseNorms;
    at::Generator generator; // dropout
    bool training = false;
    bool adapterActive = true;
    bool onlyMerges = false; // nothing is computed forward: what that needs is not made
};

} // namespace lens
