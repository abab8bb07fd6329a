// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/model_config.h"

#include "core/base/json_fields.h"
#include "core/model_files/family_settings.h"
#include "core/model_files/quantisation_config.h"

#include <algorithm>
#include <cmath>

namespace lens {
namespace {

constexpr std::int64_t kMaxWidth = 1 << 22;
constexpr std::int64_t kMaxLayers = 4096;
constexpr std::int64_t kMaxPositions = std::int64_t{1} << 31;
constexpr std::size_t kMaxConfigBytes = 16u << 20;

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

const FamilySettings* familyOf(const JsonFields& fields)
{
    const std::string name = fields.requiredText("model_type");
    for (const FamilySettings& family : familySettings())
        if (name == family.name)
            return &family;
    if (!name.empty())
        fields.problem("model_type", "model family \"" + name + "\" is not supported",
                       "known: " + joined(knownFamilies()));
    return nullptr;
}

// One config.json while it is read.
struct Reading {
    const Json& json;
    const std::string& where;
    const FamilySettings& family;
    std::vector<Problem>& problems;
    JsonFields fields;

    // The key that is there: the usual one or the family's own.
    const char* either(const char* usual, const char* own) const { return fields.has(usual) ? usual : own; }
    // What an absent value means and what null means differ for some keys.
    bool absent(const char* key) const { return !json.contains(key); }
    // transformers asks such a key for its truth, and null is not true, whatever the default.
    bool isOn(const char* key, bool usual) const { return fields.boolean(key, usual && absent(key)); }
    bool switchedBy(BiasRule rule, const char* key, bool usual) const
    {
        return rule == BiasRule::Always || (rule == BiasRule::Configured && isOn(key, usual));
    }
};

void readHeads(const Reading& from, ModelConfig& config)
{
    const JsonFields& fields = from.fields;
    const FamilySettings& family = from.family;
    config.heads = fields.requiredInteger(from.either("num_attention_heads", family.headsKey), 1, 65536);
    const bool ownSize =
        family.ownHeadDim && (fields.has("head_dim") || (from.absent("head_dim") && family.headDim));
    config.headDim = std::max<std::int64_t>(1, config.hiddenSize / config.heads);
    if (ownSize)
        config.headDim = fields.integer("head_dim", family.headDim, 1, 65536);
    else if (config.hiddenSize % config.heads != 0)
        fields.problem("num_attention_heads", "hidden_size " + std::to_string(config.hiddenSize) +
                                                  " is not a multiple of " + std::to_string(config.heads));
    config.keyValueHeads = config.heads;
    if (!family.groupedHeads)
        return;
    // Absent means the family's default; an explicit null means as many as heads.
    const bool usual = from.absent("num_key_value_heads") && family.keyValueHeads > 0;
    config.keyValueHeads =
        fields.integer("num_key_value_heads", usual ? family.keyValueHeads : config.heads, 1, 65536);
    if (config.heads % config.keyValueHeads != 0)
        fields.problem("num_key_value_heads", "num_attention_heads " + std::to_string(config.heads) +
                                                  " is not a multiple of " +
                                                  std::to_string(config.keyValueHeads));
}

void readShape(const Reading& from, ModelConfig& config)
{
    const JsonFields& fields = from.fields;
    const FamilySettings& family = from.family;
    config.hiddenSize = fields.requiredInteger(from.either("hidden_size", family.hiddenKey), 1, kMaxWidth);
    config.intermediateSize =
        family.innerFactor > 0
            ? fields.integer(family.innerKey, family.innerFactor * config.hiddenSize, 1, 16 * kMaxWidth)
            : fields.requiredInteger(family.innerKey, 1, kMaxWidth);
    config.layers = fields.requiredInteger(from.either("num_hidden_layers", family.layersKey), 1, kMaxLayers);
    config.vocabularySize = fields.requiredInteger("vocab_size", 1, 1 << 28);
    config.maxPositions = fields.integer(from.either("max_position_embeddings", family.positionsKey),
                                         family.maxPositions, 1, kMaxPositions);
    readHeads(from, config);
}

// Layer by layer, as newer configurations write it. Nothing where the file has no such list.
std::optional<std::vector<bool>> layerTypes(const JsonFields& fields, std::size_t layers)
{
    if (!fields.has("layer_types"))
        return std::nullopt;
    std::vector<bool> windowed(layers, false);
    const auto types = fields.textList("layer_types");
    if (types.size() != layers) {
        fields.problem("layer_types", "has " + std::to_string(types.size()) + " entries for " +
                                          std::to_string(layers) + " layers");
        return windowed;
    }
    for (std::size_t layer = 0; layer < layers; ++layer) {
        windowed[layer] = types[layer] == "sliding_attention";
        if (!windowed[layer] && types[layer] != "full_attention")
            fields.problem("layer_types", "attention form \"" + types[layer] + "\" is not supported",
                           "known: full_attention, sliding_attention");
    }
    return windowed;
}

// The family's own rule, where the file has no list.
std::vector<bool> usualWindows(const JsonFields& fields, WindowRule rule, std::size_t layers)
{
    std::vector<bool> windowed(layers, rule == WindowRule::AllLayers);
    const auto first = fields.integer("max_window_layers", 28, 0, kMaxPositions);
    for (std::size_t layer = 0; layer < layers; ++layer)
        if (rule == WindowRule::EverySecond)
            windowed[layer] = layer % 2 == 0;
        else if (rule == WindowRule::FromLayer)
            windowed[layer] = static_cast<std::int64_t>(layer) >= first;
    return windowed;
}

std::optional<std::int64_t> slidingWindow(const Reading& from)
{
    const WindowRule rule = from.family.window;
    if (rule == WindowRule::None ||
        (rule == WindowRule::FromLayer && !from.fields.boolean("use_sliding_window", false)))
        return std::nullopt;
    // Absent means the family's default; an explicit null means none.
    const bool usual = from.absent("sliding_window") && from.family.slidingWindow;
    if (!usual && !from.fields.has("sliding_window"))
        return std::nullopt;
    return from.fields.integer("sliding_window", from.family.slidingWindow.value_or(1), 1, kMaxPositions);
}

void readSlidingWindow(const Reading& from, ModelConfig& config)
{
    const WindowRule rule = from.family.window;
    const auto layers = static_cast<std::size_t>(config.layers);
    config.slidingWindow = slidingWindow(from);
    config.windowedLayers.assign(layers, false);
    if (config.slidingWindow)
        config.windowedLayers = usualWindows(from.fields, rule, layers);
    const auto listed = layerTypes(from.fields, layers);
    if (!listed)
        return;
    const bool reads = rule == WindowRule::FromLayer || rule == WindowRule::EverySecond;
    if (reads && config.slidingWindow)
        config.windowedLayers = *listed;
    else if (!reads && *listed != config.windowedLayers)
        from.fields.problem("layer_types", "does not say what every layer of this family has: " +
                                               std::string(config.slidingWindow ? "sliding" : "full") +
                                               "_attention");
}

// What q kᵀ is multiplied with: 1/√headDim, gemma2's 1/√query_pre_attn_scalar, gpt2's switches.
void readScoreScales(const Reading& from, ModelConfig& config)
{
    double usual = 1 / std::sqrt(static_cast<double>(config.headDim));
    if (from.family.queryScalar)
        usual =
            1 / std::sqrt(from.fields.number("query_pre_attn_scalar", *from.family.queryScalar, 1e-6, 1e12));
    if (from.family.gptScores && !from.isOn("scale_attn_weights", true))
        usual = 1;
    config.scoreScales.assign(static_cast<std::size_t>(config.layers), usual);
    if (!from.family.gptScores || !from.fields.boolean("scale_attn_by_inverse_layer_idx", false))
        return;
    for (std::size_t layer = 0; layer < config.scoreScales.size(); ++layer)
        config.scoreScales[layer] /= static_cast<double>(layer + 1);
}

// An explicit null switches it off.
std::optional<double> softcap(const Reading& from, const char* key, std::optional<double> usual)
{
    if (!usual || (!from.absent(key) && !from.fields.has(key)))
        return std::nullopt;
    return from.fields.number(key, *usual, 1e-6, 1e9);
}

void readAttention(const Reading& from, ModelConfig& config)
{
    const FamilySettings& family = from.family;
    if (family.rotary)
        config.rope = readRopeConfig(from.fields, from.where, family.rope, config.headDim,
                                     config.maxPositions, from.problems);
    readSlidingWindow(from, config);
    readScoreScales(from, config);
    config.attentionSoftcap = softcap(from, "attn_logit_softcapping", family.attentionSoftcap);
    config.logitSoftcap = softcap(from, "final_logit_softcapping", family.logitSoftcap);
    config.queryKeyValueBias =
        from.switchedBy(family.queryKeyValueBias, "attention_bias", family.attentionBias);
    config.outputBias = from.switchedBy(family.outputBias, "attention_bias", family.attentionBias);
    config.mlpBias = from.switchedBy(family.mlpBias, "mlp_bias", false);
    config.parallelResidual = family.parallelResidual && from.isOn("use_parallel_residual", true);
}

void readActivation(const Reading& from, ModelConfig& config)
{
    const char* key = from.family.activationKey;
    const std::string name = from.fields.text(key, from.family.activation);
    const auto known = activationNamed(name);
    if (!known)
        from.fields.problem(key, "activation \"" + name + "\" is not supported",
                            "known: " + knownActivations());
    config.activation = known.value_or(Activation::Silu);
}

void readDropout(const Reading& from, ModelConfig& config)
{
    const auto rate = [&](const char* key) {
        return key ? from.fields.number(key, from.family.dropout, 0, 0.999) : 0;
    };
    config.attentionDropout = rate(from.family.attentionDropoutKey);
    config.residualDropout = rate(from.family.residualDropoutKey);
    config.embeddingDropout = rate(from.family.embeddingDropoutKey);
}

void readTokenIds(const Reading& from, ModelConfig& config)
{
    const auto ids = [&](const char* key, std::int64_t usual) {
        if (from.absent(key) && usual >= 0)
            return std::vector<std::int64_t>{usual};
        return from.fields.integerOrList(key);
    };
    const auto first = [&](const char* key, std::int64_t usual) -> std::optional<std::int64_t> {
        const auto all = ids(key, usual);
        return all.empty() ? std::nullopt : std::optional(all.front());
    };
    config.bosId = first("bos_token_id", from.family.bosId);
    config.padId = first("pad_token_id", from.family.padId);
    config.eosIds = ids("eos_token_id", from.family.eosId);
}

void readStorage(const Reading& from, ModelConfig& config)
{
    const JsonFields& fields = from.fields;
    const char* key = fields.has("dtype") ? "dtype" : "torch_dtype";
    config.dtype = fields.text(key, "float32");
    if (config.dtype.starts_with("torch."))
        config.dtype = config.dtype.substr(6);
    if (config.dtype != "float32" && config.dtype != "bfloat16" && config.dtype != "float16")
        fields.problem(key, "storage type \"" + config.dtype + "\" is not supported",
                       "known: float32, bfloat16, float16");
    if (fields.has("quantization_config"))
        requireNf4(fields.at("quantization_config"), from.where, from.problems);
    if (fields.at("pruned_heads").is_object() && !fields.at("pruned_heads").empty())
        fields.problem("pruned_heads", "pruned attention heads are not supported");
    const char* unsupported = from.family.unsupportedSwitch;
    if (unsupported && fields.boolean(unsupported, false))
        fields.problem(unsupported, "is on and not supported", "known: causal attention to the own row");
}

} // namespace

const std::vector<std::string>& knownFamilies()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const FamilySettings& family : familySettings())
            all.emplace_back(family.name);
        return all;
    }();
    return names;
}

ModelConfig parseModelConfig(const Json& json, const std::string& where)
{
    std::vector<Problem> problems;
    const JsonFields fields(json, where, problems);
    const FamilySettings* family = problems.empty() ? familyOf(fields) : nullptr;
    if (!family)
        throw Error(problems);
    const Reading from{json, where, *family, problems, fields};
    ModelConfig config;
    config.family = family->name;
    readShape(from, config);
    config.normEps = fields.number(family->normEpsKey, family->normEps, 0, 1);
    config.initializerRange = fields.number("initializer_range", 0.02, 0, 1e3);
    config.tiedEmbeddings = from.isOn("tie_word_embeddings", family->tied);
    if (family->scaledEmbeddings)
        config.embeddingScale = std::sqrt(static_cast<double>(config.hiddenSize));
    readAttention(from, config);
    readActivation(from, config);
    readDropout(from, config);
    readTokenIds(from, config);
    readStorage(from, config);
    throwIfAny(problems);
    return config;
}

ModelConfig readModelConfig(const std::filesystem::path& path)
{
    std::error_code code;
    const auto file = std::filesystem::is_directory(path, code) ? path / "config.json" : path;
    return parseModelConfig(readJsonFile(file, false, kMaxConfigBytes), file.string());
}

std::vector<std::int64_t> readStopIds(const std::filesystem::path& modelFolder, const ModelConfig& config)
{
    const auto file = modelFolder / "generation_config.json";
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        return config.eosIds;
    std::vector<Problem> problems;
    const Json json = readJsonFile(file, false, kMaxConfigBytes);
    const auto ids = JsonFields(json, file.string(), problems).integerOrList("eos_token_id");
    throwIfAny(problems);
    return ids.empty() ? config.eosIds : ids;
}

} // namespace lens
