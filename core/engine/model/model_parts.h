// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a Model consists of. Only for the .cpp files that implement model.h.
#pragma once

#include "core/base/json.h"
#include "core/engine/model/decoder.h"
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

class Model::Parts {
public:
    // Decoder with undefined weights.
    Parts(const ModelConfig& config, Json configJson, at::Device device, at::ScalarType type);

    void fillFromFiles(std::unique_ptr<WeightFiles> weights, const std::function<void(double)>& progress);
    void fillRandom(std::uint64_t seed);
    // Branches on the modules that `config` names, values 0. `source` names it in errors.
    void attach(const LoraConfig& config, const std::string& source);
    void trainAll();
    void requireUntrained() const;

    AdapterPass adapterPass(bool withDropout);
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
    mutable std::vector<std::optional<double>> baseNorms;
    at::Generator generator; // dropout
    bool training = false;
    bool adapterActive = true;
};

} // namespace lens
