// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/model_config.h"

#include "core/base/json_fields.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::int64_t kMaxWidth = 1 << 22;
constexpr std::int64_t kMaxLayers = 4096;
constexpr std::int64_t kMaxPositions = std::int64_t{1} << 31;
constexpr std::size_t kMaxConfigBytes = 16u << 20;

// What transformers assumes where config.json says nothing (its configuration_<family>.py).
struct FamilyDefaults {
    const char* name;
    std::int64_t maxPositions;
    std::int64_t keyValueHeads; // 0: as many as heads
    bool queryKeyValueBias;     // always there in this family
    bool biasKeys;              // reads attention_bias and mlp_bias
};

constexpr FamilyDefaults kFamilies[] = {
    {"llama", 2048, 0, false, true},
    {"mistral", 131072, 8, false, false},
    {"qwen2", 32768, 32, true, false},
};

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

const FamilyDefaults* familyOf(const JsonFields& fields)
{
    const std::string name = fields.requiredText("model_type");
    for (const FamilyDefaults& family : kFamilies)
        if (name == family.name)
            return &family;
    if (!name.empty())
        fields.problem("model_type", "model family \"" + name + "\" is not supported",
                       "known: " + joined(knownFamilies()));
    return nullptr;
}

void readLlama3(const JsonFields& fields, RopeConfig& rope)
{
    rope.lowFreqFactor = fields.requiredNumber("low_freq_factor", 1e-6, 1e6);
    rope.highFreqFactor = fields.requiredNumber("high_freq_factor", 1e-6, 1e6);
    rope.originalMaxPositions = fields.requiredInteger("original_max_position_embeddings", 1, kMaxPositions);
    if (rope.highFreqFactor <= rope.lowFreqFactor)
        fields.problem("high_freq_factor", "is not above low_freq_factor");
}

void readRopeKind(const JsonFields& fields, RopeConfig& rope)
{
    // "type" is the older spelling of "rope_type".
    const char* key = fields.has("rope_type") ? "rope_type" : "type";
    const std::string kind = fields.text(key, "default");
    if (kind == "default")
        return;
    rope.kind = kind == "linear" ? RopeKind::Linear : RopeKind::Llama3;
    if (kind != "linear" && kind != "llama3") {
        fields.problem(key, "rope type \"" + kind + "\" is not supported", "known: default, linear, llama3");
        return;
    }
    rope.factor = fields.requiredNumber("factor", 1e-6, 1e9);
    if (rope.kind == RopeKind::Llama3)
        readLlama3(fields, rope);
}

RopeConfig readRope(const JsonFields& fields, const std::string& where, std::vector<Problem>& problems)
{
    RopeConfig rope;
    rope.theta = fields.number("rope_theta", 10000, 1e-3, 1e15);
    // 5.x puts everything into rope_parameters, 4.x uses rope_theta beside rope_scaling.
    const char* key = fields.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    if (fields.has(key)) {
        const JsonFields inner(fields.at(key), where + ": " + key, problems);
        rope.theta = inner.number("rope_theta", rope.theta, 1e-3, 1e15);
        readRopeKind(inner, rope);
        for (const auto& item : fields.at(key).items())
            if (item.value().is_object())
                inner.problem(item.key().c_str(), "rotary settings per layer type are not supported");
        if (inner.number("partial_rotary_factor", 1, 0, 1) != 1)
            inner.problem("partial_rotary_factor", "partial rotation is not supported in this family");
    }
    if (fields.number("partial_rotary_factor", 1, 0, 1) != 1)
        fields.problem("partial_rotary_factor", "partial rotation is not supported in this family");
    return rope;
}

// Layer by layer, as newer qwen2 configurations write it; else from max_window_layers on.
std::vector<bool> qwenWindows(const JsonFields& fields, std::int64_t layers)
{
    std::vector<bool> windowed(static_cast<std::size_t>(layers), false);
    if (!fields.has("layer_types")) {
        const auto first = fields.integer("max_window_layers", 28, 0, kMaxPositions);
        for (std::int64_t layer = first; layer < layers; ++layer)
            windowed[static_cast<std::size_t>(layer)] = true;
        return windowed;
    }
    const auto types = fields.textList("layer_types");
    if (types.size() != windowed.size()) {
        fields.problem("layer_types", "has " + std::to_string(types.size()) + " entries for " +
                                          std::to_string(layers) + " layers");
        return windowed;
    }
    for (std::size_t layer = 0; layer < types.size(); ++layer) {
        windowed[layer] = types[layer] == "sliding_attention";
        if (!windowed[layer] && types[layer] != "full_attention")
            fields.problem("layer_types", "attention form \"" + types[layer] + "\" is not supported",
                           "known: full_attention, sliding_attention");
    }
    return windowed;
}

void readSlidingWindow(const JsonFields& fields, const Json& json, ModelConfig& config)
{
    config.windowedLayers.assign(static_cast<std::size_t>(config.layers), false);
    const bool mistral = config.family == "mistral";
    if (!mistral && !(config.family == "qwen2" && fields.boolean("use_sliding_window", false)))
        return;
    // Absent means the family's default of 4096; an explicit null means none.
    if (json.contains("sliding_window") && json.at("sliding_window").is_null())
        return;
    config.slidingWindow = fields.integer("sliding_window", 4096, 1, kMaxPositions);
    if (mistral)
        config.windowedLayers.assign(static_cast<std::size_t>(config.layers), true);
    else
        config.windowedLayers = qwenWindows(fields, config.layers);
}

void readShape(const JsonFields& fields, const Json& json, const FamilyDefaults& family, ModelConfig& config)
{
    config.hiddenSize = fields.requiredInteger("hidden_size", 1, kMaxWidth);
    config.intermediateSize = fields.requiredInteger("intermediate_size", 1, kMaxWidth);
    config.layers = fields.requiredInteger("num_hidden_layers", 1, kMaxLayers);
    config.heads = fields.requiredInteger("num_attention_heads", 1, 65536);
    config.vocabularySize = fields.requiredInteger("vocab_size", 1, 1 << 28);
    config.maxPositions = fields.integer("max_position_embeddings", family.maxPositions, 1, kMaxPositions);
    config.headDim = fields.integer("head_dim", config.hiddenSize / config.heads, 1, 65536);
    // Absent means the family's default; an explicit null means as many as heads.
    const bool absent = !json.contains("num_key_value_heads") && family.keyValueHeads > 0;
    config.keyValueHeads =
        fields.integer("num_key_value_heads", absent ? family.keyValueHeads : config.heads, 1, 65536);
    if (!fields.has("head_dim") && config.hiddenSize % config.heads != 0)
        fields.problem("num_attention_heads", "hidden_size " + std::to_string(config.hiddenSize) +
                                                  " is not a multiple of " + std::to_string(config.heads));
    if (config.heads % config.keyValueHeads != 0)
        fields.problem("num_key_value_heads", "num_attention_heads " + std::to_string(config.heads) +
                                                  " is not a multiple of " +
                                                  std::to_string(config.keyValueHeads));
    if (config.headDim % 2 != 0)
        fields.problem("head_dim",
                       "found " + std::to_string(config.headDim) + ", rotation needs an even size");
}

void readActivation(const JsonFields& fields, ModelConfig& config)
{
    config.activation = fields.text("hidden_act", "silu");
    if (config.activation == "swish")
        config.activation = "silu";
    if (config.activation != "silu")
        fields.problem("hidden_act", "activation \"" + config.activation + "\" is not supported",
                       "known: silu");
}

void readTokenIds(const JsonFields& fields, ModelConfig& config)
{
    const auto first = [&](const char* key) -> std::optional<std::int64_t> {
        const auto ids = fields.integerOrList(key);
        return ids.empty() ? std::nullopt : std::optional(ids.front());
    };
    config.bosId = first("bos_token_id");
    config.padId = first("pad_token_id");
    config.eosIds = fields.integerOrList("eos_token_id");
}

void readStorage(const JsonFields& fields, ModelConfig& config)
{
    const char* key = fields.has("dtype") ? "dtype" : "torch_dtype";
    config.dtype = fields.text(key, "float32");
    if (config.dtype.starts_with("torch."))
        config.dtype = config.dtype.substr(6);
    if (config.dtype != "float32" && config.dtype != "bfloat16" && config.dtype != "float16")
        fields.problem(key, "storage type \"" + config.dtype + "\" is not supported",
                       "known: float32, bfloat16, float16");
    if (fields.has("quantization_config"))
        fields.problem("quantization_config", "quantised weights are not supported",
                       "use the unquantised model");
    if (fields.number("attention_dropout", 0, 0, 1) > 0)
        fields.problem("attention_dropout", "dropout inside attention is not supported", "set it to 0");
}

} // namespace

const std::vector<std::string>& knownFamilies()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const FamilyDefaults& family : kFamilies)
            all.emplace_back(family.name);
        return all;
    }();
    return names;
}

ModelConfig parseModelConfig(const Json& json, const std::string& where)
{
    std::vector<Problem> problems;
    const JsonFields fields(json, where, problems);
    ModelConfig config;
    const FamilyDefaults* family = problems.empty() ? familyOf(fields) : nullptr;
    if (!family)
        throw Error(problems);
    config.family = family->name;
    readShape(fields, json, *family, config);
    config.rmsNormEps = fields.number("rms_norm_eps", 1e-6, 0, 1);
    config.initializerRange = fields.number("initializer_range", 0.02, 0, 1e3);
    config.rope = readRope(fields, where, problems);
    readSlidingWindow(fields, json, config);
    config.tiedEmbeddings = fields.boolean("tie_word_embeddings", false);
    const bool attentionBias = family->biasKeys && fields.boolean("attention_bias", false);
    config.queryKeyValueBias = family->queryKeyValueBias || attentionBias;
    config.outputBias = attentionBias;
    config.mlpBias = family->biasKeys && fields.boolean("mlp_bias", false);
    readActivation(fields, config);
    readTokenIds(fields, config);
    readStorage(fields, config);
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
