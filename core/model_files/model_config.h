// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// config.json of a Hugging Face model folder, as the decoder needs it: the layouts of transformers 4.x
// and 5.x read into one struct, defaults of each family filled in. What the decoder does not know is refused
// by name, never approximated. Used by engine, form and browser; knows nothing of tensors.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

enum class RopeKind { Default, Linear, Llama3 };

struct RopeConfig {
    RopeKind kind = RopeKind::Default;
    double theta = 10000;
    double factor = 1;                     // linear, llama3
    double lowFreqFactor = 1;              // llama3
    double highFreqFactor = 4;             // llama3
    std::int64_t originalMaxPositions = 0; // llama3
};

struct ModelConfig {
    std::string family; // model_type: "llama", "mistral", "qwen2"
    std::int64_t hiddenSize = 0;
    std::int64_t intermediateSize = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t headDim = 0; // heads · headDim may differ from hiddenSize
    std::int64_t vocabularySize = 0;
    std::int64_t maxPositions = 0;
    double rmsNormEps = 1e-6;
    double initializerRange = 0.02;
    RopeConfig rope;
    std::optional<std::int64_t> slidingWindow; // w: position i sees i - w < j <= i
    std::vector<bool> windowedLayers;          // one entry a layer; all false without slidingWindow
    bool tiedEmbeddings = false;               // lm_head is embed_tokens
    bool queryKeyValueBias = false;
    bool outputBias = false; // of o_proj
    bool mlpBias = false;
    std::string activation = "silu"; // hidden_act
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds;
    std::optional<std::int64_t> padId;
    std::string dtype =
        "float32"; // as stored: float32, bfloat16, float16; the tensors' own type is what counts
};

// The families, activations and rope types that the decoder knows.
const std::vector<std::string>& knownFamilies();

// Throws Error with every problem of the text (missing, misshapen or unknown parts). `where` names it.
ModelConfig parseModelConfig(const Json& json, const std::string& where);
// `path`: the model folder or a config.json.
ModelConfig readModelConfig(const std::filesystem::path& path);

// Ids after which generation ends: generation_config.json's eos_token_id if it has one, else config.json's.
std::vector<std::int64_t> readStopIds(const std::filesystem::path& modelFolder, const ModelConfig& config);

} // namespace lens
