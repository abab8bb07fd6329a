// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/lora_config.h"

#include "core/base/error.h"
#include "core/base/json_fields.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace lens {
namespace {

constexpr int kMaxRank = 16384;
constexpr std::size_t kMaxConfigBytes = 16u << 20;

// Keys that are read below, or that say nothing about the numbers of this adapter.
const std::set<std::string> kUnderstood{
    "peft_type",
    "task_type",
    "r",
    "lora_alpha",
    "lora_dropout",
    "target_modules",
    "use_rslora",
    "bias",
    "init_lora_weights",
    "auto_mapping",
    "inference_mode",
    "base_model_name_or_path",
    "revision",
    "megatron_core",
    "peft_version",
    "fan_in_fan_out" /* for Conv1D only; PEFT drops it for linear modules */,
    "qalora_group_size",
};

// null, false, 0, "", [] and {}: the setting is off.
bool isOff(const Json& value)
{
    return value.is_null() || value == false || (value.is_structured() && value.empty()) || value == "";
}

void refuseUnknown(const Json& json, const JsonFields& fields)
{
    for (const auto& [key, value] : json.items())
        if (!kUnderstood.contains(key) && !isOff(value))
            fields.problem(key.c_str(), "the adapter uses " + key + ", which cannot be applied here",
                           "value: " + shownJson(value));
    if (fields.text("bias", "none") != "none")
        fields.problem("bias", "the adapter trains biases (bias = " + shownJson(fields.at("bias")) +
                                   "), which cannot be applied here");
    // These start from a base whose weights they changed: on the original base the adapter would be wrong.
    const Json& initial = fields.at("init_lora_weights");
    if (initial.is_string())
        for (const std::string_view name : {"pissa", "olora", "corda", "loftq", "lora_ga"})
            if (initial.get<std::string>().starts_with(name))
                fields.problem("init_lora_weights",
                               "the adapter belongs to a base model changed by " + initial.get<std::string>(),
                               "convert it with PEFT to a plain LoRA adapter first");
}

void readTargets(const JsonFields& fields, LoraConfig& config)
{
    const Json& value = fields.at("target_modules");
    if (value.is_string() && value == "all-linear")
        config.allLinear = true;
    else if (value.is_string())
        config.targetRegex = value.get<std::string>();
    else
        config.targets = fields.textList("target_modules");
    if (!config.allLinear && config.targetRegex.empty() && config.targets.empty())
        fields.problem("target_modules", "names no modules");
}

Json wholeIfWhole(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    return value;
}

} // namespace

double LoraConfig::scale() const
{
    return rankStabilised ? alpha / std::sqrt(static_cast<double>(r)) : alpha / r;
}

LoraConfig loraConfigOf(const AdapterSettings& settings)
{
    LoraConfig config;
    config.r = settings.r;
    config.alpha = settings.loraAlpha;
    config.dropout = settings.loraDropout;
    config.targets = settings.targetModules;
    config.targetRegex = settings.targetRegex;
    config.allLinear = settings.targetModules.empty() && settings.targetRegex.empty();
    return config;
}

LoraConfig readLoraConfig(const std::filesystem::path& adapterFolder)
{
    const auto path = adapterFolder / "adapter_config.json";
    return parseLoraConfig(readJsonFile(path, false, kMaxConfigBytes), path.string());
}

LoraConfig parseLoraConfig(const Json& json, const std::string& where)
{
    std::vector<Problem> problems;
    const JsonFields fields(json, where, problems);
    LoraConfig config;
    if (json.is_object()) {
        if (fields.text("peft_type", "") != "LORA")
            fields.problem("peft_type", "is not a LoRA adapter of PEFT");
        if (fields.has("task_type") && fields.text("task_type", "") != "CAUSAL_LM")
            fields.problem("task_type", "the adapter is not for a language model (CAUSAL_LM)");
        config.r = static_cast<int>(fields.requiredInteger("r", 1, kMaxRank));
        config.alpha = fields.requiredNumber("lora_alpha", 0, 1e9);
        config.dropout = fields.number("lora_dropout", 0, 0, 0.999999);
        config.rankStabilised = fields.boolean("use_rslora", false);
        readTargets(fields, config);
        refuseUnknown(json, fields);
    }
    throwIfAny(std::move(problems));
    return config;
}

Json peftJson(const LoraConfig& config, const std::vector<std::string>& targets, const std::string& baseModel)
{
    Json json;
    json["alpha_pattern"] = Json::object();
    json["auto_mapping"] = nullptr;
    json["base_model_name_or_path"] = baseModel;
    json["bias"] = "none";
    json["corda_config"] = nullptr;
    json["eva_config"] = nullptr;
    json["exclude_modules"] = nullptr;
    json["fan_in_fan_out"] = false;
    json["inference_mode"] = true;
    json["init_lora_weights"] = true;
    json["layer_replication"] = nullptr;
    json["layers_pattern"] = nullptr;
    json["layers_to_transform"] = nullptr;
    json["loftq_config"] = Json::object();
    json["lora_alpha"] = wholeIfWhole(config.alpha);
    json["lora_bias"] = false;
    json["lora_dropout"] = config.dropout;
    json["megatron_config"] = nullptr;
    json["megatron_core"] = "megatron.core";
    json["modules_to_save"] = nullptr;
    json["peft_type"] = "LORA";
    json["r"] = config.r;
    json["rank_pattern"] = Json::object();
    json["revision"] = nullptr;
    if (config.targetRegex.empty())
        json["target_modules"] = targets;
    else
        json["target_modules"] = config.targetRegex;
    json["task_type"] = "CAUSAL_LM";
    json["trainable_token_indices"] = nullptr;
    json["use_dora"] = false;
    json["use_rslora"] = config.rankStabilised;
    return json;
}

} // namespace lens
