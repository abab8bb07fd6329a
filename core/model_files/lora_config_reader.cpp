// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// adapter_config.json, read and refused: a key that this program does not know and that is in use would
// change the numbers. Keys: LoraConfig of PEFT 0.12 to 0.20.
#include "core/base/error.h"
#include "core/base/json_fields.h"
#include "core/config/choice_names.h"
#include "core/model_files/lora_config.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace lens {
namespace {

constexpr int kMaxRank = 16384;
constexpr double kMaxAlpha = 1e9;
constexpr std::int64_t kMaxLayer = 1'000'000;
constexpr std::size_t kMaxPatterns = 100'000;
constexpr std::size_t kMaxConfigBytes = 16u << 20;

// Keys that are read below, or that say nothing about the numbers of this adapter.
const std::set<std::string> kUnderstood{
    "peft_type",
    "task_type",
    "r",
    "lora_alpha",
    "lora_dropout",
    "target_modules",
    "exclude_modules",
    "layers_to_transform",
    "layers_pattern",
    "rank_pattern",
    "alpha_pattern",
    "modules_to_save",
    "use_rslora",
    "use_dora",
    "bias",
    "init_lora_weights",
    "auto_mapping",
    "inference_mode",
    "base_model_name_or_path",
    "revision",
    "megatron_core",
    "peft_version",
    "fan_in_fan_out" /* PEFT itself goes by the kind of the module */,
    "qalora_group_size" /* used with use_qalora only */,
};

// null, false, "", [] and {}: the setting is off.
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
}

bool isAllLinear(const Json& value)
{
    if (!value.is_string())
        return false;
    std::string text = value.get<std::string>();
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text == "all-linear";
}

void readTargets(const JsonFields& fields, LoraConfig& config)
{
    const Json& value = fields.at("target_modules");
    if (isAllLinear(value))
        config.allLinear = true;
    else if (value.is_string())
        config.targetRegex = value.get<std::string>();
    else
        config.targets = fields.textList("target_modules");
    if (!config.allLinear && config.targetRegex.empty() && config.targets.empty())
        fields.problem("target_modules", "names no modules");
    const Json& excluded = fields.at("exclude_modules");
    if (excluded.is_string())
        config.excludedRegex = excluded.get<std::string>();
    else
        config.excluded = fields.textList("exclude_modules");
    config.modulesToSave = fields.textList("modules_to_save");
    for (const auto* names : {&config.targets, &config.excluded, &config.modulesToSave})
        if (std::find(names->begin(), names->end(), "") != names->end())
            fields.problem("target_modules, exclude_modules, modules_to_save", "hold an empty name");
}

void readLayers(const JsonFields& fields, LoraConfig& config)
{
    config.layers = fields.integerOrList("layers_to_transform");
    for (const std::int64_t layer : config.layers)
        if (layer < 0 || layer > kMaxLayer)
            fields.problem("layers_to_transform", "holds " + std::to_string(layer) + ", which is no layer");
    const Json& pattern = fields.at("layers_pattern");
    if (!pattern.is_string())
        config.layersPatterns = fields.textList("layers_pattern");
    else if (pattern != "")
        config.layersPatterns = {pattern.get<std::string>()};
    // As in PEFT.
    if (!config.layers.empty() && fields.at("target_modules").is_string())
        fields.problem("layers_to_transform", "cannot be used where target_modules is one text");
    if (!config.layersPatterns.empty() && config.layers.empty())
        fields.problem("layers_pattern", "is of no use without layers_to_transform");
}

// The object of a pattern, checked; nothing but its entries' ranges is known of it.
template <typename T, typename IsGood>
std::vector<std::pair<std::string, T>> patternOf(const JsonFields& fields, const char* key, IsGood isGood,
                                                 const char* allowed)
{
    std::vector<std::pair<std::string, T>> pattern;
    const Json& json = fields.at(key);
    if (json.is_null())
        return pattern;
    if (!json.is_object() || json.size() > kMaxPatterns) {
        fields.problem(key, "is no object of patterns: " + shownJson(json));
        return pattern;
    }
    for (const auto& [expression, value] : json.items()) {
        if (isGood(value))
            pattern.emplace_back(expression, static_cast<T>(value.template get<double>()));
        else
            fields.problem(key, "has " + shownJson(value) + " for " + shownJson(expression), allowed);
    }
    return pattern;
}

void readPatterns(const JsonFields& fields, LoraConfig& config)
{
    config.rankPattern = patternOf<int>(
        fields, "rank_pattern",
        [](const Json& value) {
            const auto whole = wholeNumber(value);
            return whole && *whole >= 1 && *whole <= kMaxRank;
        },
        "allowed: whole numbers from 1");
    config.alphaPattern = patternOf<double>(
        fields, "alpha_pattern",
        [](const Json& value) {
            return value.is_number() && value.get<double>() >= 0 && value.get<double>() <= kMaxAlpha;
        },
        "allowed: numbers from 0");
}

void readBias(const JsonFields& fields, LoraConfig& config)
{
    const auto bias = choiceByName<BiasTraining>(fields.text("bias", "none"));
    if (bias)
        config.bias = *bias;
    else
        fields.problem("bias", "is " + shownJson(fields.at("bias")), "known: none, all, lora_only");
}

// How an adapter began matters where the base was changed for it: "pissa" took a part of the weights away,
// which can be found again; with other ways it cannot.
void readInitialisation(const JsonFields& fields, LoraConfig& config)
{
    const Json& initial = fields.at("init_lora_weights");
    if (initial.is_null() || initial.is_boolean() || initial == "gaussian")
        return;
    if (initial == "pissa")
        config.initialisation = "pissa";
    else
        fields.problem("init_lora_weights",
                       "the adapter began with " + shownJson(initial) + ", which cannot be applied here",
                       "known: true, false, gaussian, pissa; convert it with PEFT to a plain LoRA adapter "
                       "first (path_initial_model_for_weight_conversion)");
}

LoraConfig readAll(const Json& json, const JsonFields& fields)
{
    LoraConfig config;
    if (fields.text("peft_type", "") != "LORA")
        fields.problem("peft_type", "is not a LoRA adapter of PEFT");
    if (fields.has("task_type") && fields.text("task_type", "") != "CAUSAL_LM")
        fields.problem("task_type", "the adapter is not for a language model (CAUSAL_LM)");
    config.r = static_cast<int>(fields.requiredInteger("r", 1, kMaxRank));
    config.alpha = fields.requiredNumber("lora_alpha", 0, kMaxAlpha);
    config.dropout = fields.number("lora_dropout", 0, 0, 0.999999);
    config.rankStabilised = fields.boolean("use_rslora", false);
    config.weightDecomposed = fields.boolean("use_dora", false);
    readTargets(fields, config);
    readLayers(fields, config);
    readPatterns(fields, config);
    readBias(fields, config);
    readInitialisation(fields, config);
    refuseUnknown(json, fields);
    return config;
}

} // namespace

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
    if (json.is_object())
        config = readAll(json, fields);
    throwIfAny(std::move(problems));
    return config;
}

} // namespace lens
