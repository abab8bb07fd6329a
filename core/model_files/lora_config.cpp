// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/lora_config.h"

#include "core/config/choice_names.h"

#include <cmath>

namespace lens {
namespace {

Json wholeIfWhole(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    return value;
}

// Null in place of an empty list, as PEFT has it where a setting is not used.
template <typename T>
Json listOrNull(const std::vector<T>& list)
{
    return list.empty() ? Json() : Json(list);
}

template <typename T>
Json patternJson(const std::vector<std::pair<std::string, T>>& pattern)
{
    Json json = Json::object();
    for (const auto& [expression, value] : pattern)
        json[expression] = wholeIfWhole(static_cast<double>(value));
    return json;
}

// Texts like "pissa", and the two booleans.
Json initialisationJson(const std::string& name)
{
    return name == LoraConfig::kPlainStart ? Json(true) : name == "false" ? Json(false) : Json(name);
}

} // namespace

double LoraConfig::scaleOf(int rank, double alphaThere) const
{
    return rankStabilised ? alphaThere / std::sqrt(static_cast<double>(rank)) : alphaThere / rank;
}

LoraConfig loraConfigOf(const AdapterSettings& settings)
{
    LoraConfig config;
    config.r = settings.r;
    config.alpha = settings.loraAlpha;
    config.dropout = settings.loraDropout;
    config.rankStabilised = settings.useRslora;
    config.weightDecomposed = settings.useDora;
    config.targets = settings.targetModules;
    config.targetRegex = settings.targetRegex;
    config.allLinear = settings.targetModules.empty() && settings.targetRegex.empty();
    config.excluded = settings.excludeModules.names;
    config.excludedRegex = settings.excludeModules.expression;
    config.layers.assign(settings.layersToTransform.begin(), settings.layersToTransform.end());
    config.layersPatterns = settings.layersPattern;
    config.rankPattern = settings.rankPattern;
    config.alphaPattern = settings.alphaPattern;
    config.modulesToSave = settings.modulesToSave;
    config.bias = settings.bias;
    config.initialisation = settings.initLoraWeights;
    return config;
}

Json peftJson(const LoraConfig& config, const std::vector<std::string>& targets, const std::string& baseModel)
{
    Json json;
    json["alpha_pattern"] = patternJson(config.alphaPattern);
    json["auto_mapping"] = nullptr;
    json["base_model_name_or_path"] = baseModel;
    json["bias"] = choiceName(config.bias);
    json["corda_config"] = nullptr;
    json["eva_config"] = nullptr;
    json["exclude_modules"] =
        config.excludedRegex.empty() ? listOrNull(config.excluded) : Json(config.excludedRegex);
    json["fan_in_fan_out"] = config.inputMajor;
    json["inference_mode"] = true;
    json["init_lora_weights"] = initialisationJson(config.initialisation);
    json["layer_replication"] = nullptr;
    json["layers_pattern"] = listOrNull(config.layersPatterns);
    json["layers_to_transform"] = listOrNull(config.layers);
    json["loftq_config"] = Json::object();
    json["lora_alpha"] = wholeIfWhole(config.alpha);
    json["lora_bias"] = false;
    json["lora_dropout"] = config.dropout;
    json["megatron_config"] = nullptr;
    json["megatron_core"] = "megatron.core";
    json["modules_to_save"] = listOrNull(config.modulesToSave);
    json["peft_type"] = "LORA";
    json["r"] = config.r;
    json["rank_pattern"] = patternJson(config.rankPattern);
    json["revision"] = nullptr;
    if (config.targetRegex.empty())
        json["target_modules"] = targets;
    else
        json["target_modules"] = config.targetRegex;
    json["task_type"] = "CAUSAL_LM";
    json["trainable_token_indices"] = nullptr;
    json["use_dora"] = config.weightDecomposed;
    json["use_rslora"] = config.rankStabilised;
    return json;
}

} // namespace lens
