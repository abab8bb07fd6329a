// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// config.json of a Hugging Face model folder, as the decoder needs it: the layouts of transformers 4.x
// and 5.x read into one struct, defaults of each family filled in. What the decoder does not know is refused
// by name, never approximated. Used by engine, form and browser; knows nothing of tensors.
#pragma once

#include "core/base/json.h"
#include "core/model_files/activation.h"
#include "core/model_files/rope_config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

struct ModelConfig {
    std::string family; // model_type: "llama", "gpt2", …; see knownFamilies()
    std::int64_t hiddenSize = 0;
    std::int64_t intermediateSize = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t headDim = 0; // heads · headDim may differ from hiddenSize
    std::int64_t vocabularySize = 0;
    std::int64_t maxPositions = 0;
    double normEps = 1e-6;
    double initializerRange = 0.02;
    RopeConfig rope;                           // rotaryDim 0: learned positions
    std::optional<std::int64_t> slidingWindow; // w: position i sees i - w < j <= i
    std::vector<bool> windowedLayers;          // one entry a layer; all false without slidingWindow
    std::vector<double> scoreScales;           // one entry a layer: q kᵀ times this
    std::optional<double> attentionSoftcap;    // c: scores become c tanh(score / c)
    std::optional<double> logitSoftcap;
    double embeddingScale = 1;
    bool parallelResidual = false; // x + attention(norm x) + feedForward(norm x)
    bool tiedEmbeddings = false;   // the head's weight is the embedding
    bool queryKeyValueBias = false;
    bool outputBias = false; // of the attention's output module
    bool mlpBias = false;
    Activation activation = Activation::Silu;
    double attentionDropout = 0; // of probabilities, only while training
    double residualDropout = 0;  // of what a block adds
    double embeddingDropout = 0;
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds;
    std::optional<std::int64_t> padId;
    std::string dtype =
        "float32"; // as stored: float32, bfloat16, float16; the tensors' own type is what counts
};

// The families that the decoder knows, by model_type.
const std::vector<std::string>& knownFamilies();

// Throws Error with every problem of the text (missing, misshapen or unknown parts). `where` names it.
ModelConfig parseModelConfig(const Json& json, const std::string& where);
// `path`: the model folder or a config.json.
ModelConfig readModelConfig(const std::filesystem::path& path);

// Ids after which generation ends: generation_config.json's eos_token_id if it has one, else config.json's.
std::vector<std::int64_t> readStopIds(const std::filesystem::path& modelFolder, const ModelConfig& config);

} // namespace lens
