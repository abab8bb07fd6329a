// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/folder_description.h"

#include "core/base/json_fields.h"
#include "core/model_files/weight_index.h"
#include "core/safetensors/safetensors.h"

#include <algorithm>
#include <map>

namespace lens {
namespace {

constexpr std::size_t kMaxConfigBytes = 16u << 20;
constexpr std::int64_t kMaxCount = std::int64_t{1} << 40;

bool isThere(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::exists(path, code);
}

void append(std::vector<Problem>& problems, const Error& error)
{
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
}

// The first of these keys that holds a count: families name the same thing differently.
std::int64_t firstCount(const JsonFields& fields, std::initializer_list<const char*> keys)
{
    for (const char* key : keys)
        if (fields.has(key))
            return fields.integer(key, 0, 0, kMaxCount);
    return 0;
}

// Numbers that a tensor stands for, by how they are stored: two a byte in the codes of NF4, none in what
// belongs to them.
void addNumbers(const SafetensorsFile& file, std::map<std::string, std::int64_t>& numbers)
{
    const auto isCodes = [&file](const std::string& name) {
        return file.tensors().contains(name + ".absmax");
    };
    for (const auto& [name, tensor] : file.tensors()) {
        const auto end = name.find(".weight.");
        if (isCodes(name))
            numbers["nf4"] += 2 * static_cast<std::int64_t>(tensor.bytes.size());
        else if (end == std::string::npos || !isCodes(name.substr(0, end + std::size(".weight") - 1)))
            numbers[storageName(tensor.type)] += tensor.elements();
    }
}

void addWeights(const std::vector<std::filesystem::path>& files, FolderDescription& description)
{
    std::map<std::string, std::int64_t> elements;
    for (const auto& path : files) {
        const SafetensorsFile file(path);
        addNumbers(file, elements);
        std::error_code code;
        const auto bytes = std::filesystem::file_size(path, code);
        description.weightBytes += code ? 0 : bytes;
    }
    const auto most = std::max_element(elements.begin(), elements.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const auto& [type, count] : elements)
        description.parameters += count;
    if (most != elements.end())
        description.storage = most->first;
}

bool tokenizerConfigHasTemplate(const std::filesystem::path& folder)
{
    const auto file = folder / "tokenizer_config.json";
    if (!isThere(file))
        return false;
    try {
        const Json json = readJsonFile(file, false, 4 * kMaxConfigBytes);
        return json.is_object() && json.contains("chat_template") && !json["chat_template"].empty();
    } catch (const Error&) {
        return false; // the tokenizer's own reader tells what is wrong with it
    }
}

void describeModel(const std::filesystem::path& folder, FolderDescription& description)
{
    description.hasTokenizer = isThere(folder / "tokenizer.json") || isThere(folder / "tokenizer.model");
    description.hasChatTemplate =
        isThere(folder / "chat_template.jinja") || tokenizerConfigHasTemplate(folder);
    try {
        const Json json = readJsonFile(folder / "config.json", false, kMaxConfigBytes);
        std::vector<Problem> ignored; // a model of another kind is described as far as it is understood
        const JsonFields fields(json, "config.json", ignored);
        description.family = fields.text("model_type", {});
        description.layers = firstCount(fields, {"num_hidden_layers", "n_layer", "num_layers"});
        description.hiddenSize = firstCount(fields, {"hidden_size", "n_embd", "d_model"});
        description.vocabularySize = firstCount(fields, {"vocab_size"});
        description.contextLength = firstCount(fields, {"max_position_embeddings", "n_positions", "n_ctx"});
        description.tiedEmbeddings = fields.boolean("tie_word_embeddings", false);
        description.config = parseModelConfig(json, (folder / "config.json").string());
        description.contextLength = description.config->maxPositions;
        description.tiedEmbeddings = description.config->tiedEmbeddings;
    } catch (const Error& error) {
        append(description.problems, error);
    }
    try {
        addWeights(weightFilesOf(folder), description);
    } catch (const Error& error) {
        append(description.weightProblems, error);
    }
}

void describeAdapter(const std::filesystem::path& folder, FolderDescription& description)
{
    try {
        const Json json = readJsonFile(folder / "adapter_config.json", false, kMaxConfigBytes);
        std::vector<Problem> ignored;
        const JsonFields fields(json, "adapter_config.json", ignored);
        description.baseModel = fields.text("base_model_name_or_path", {});
        if (!fields.has("peft_type") && fields.has("fine_tune_type"))
            throw Error("is an adapter of mlx-lm, not of PEFT", folder.string());
        description.adapter = readLoraConfig(folder);
    } catch (const Error& error) {
        append(description.problems, error);
    }
    const auto weights = folder / "adapter_model.safetensors";
    try {
        if (!isThere(weights))
            throw Error("has no adapter_model.safetensors", folder.string(),
                        "adapters in pickle files (.bin) are not read");
        addWeights({weights}, description);
    } catch (const Error& error) {
        append(description.weightProblems, error);
    }
}

} // namespace

std::string storageName(DType type)
{
    switch (type) {
    case DType::F64:
        return "float64";
    case DType::F32:
        return "float32";
    case DType::F16:
        return "float16";
    case DType::BF16:
        return "bfloat16";
    default:
        return std::string(dtypeName(type));
    }
}

FolderDescription describeFolder(const std::filesystem::path& folder)
{
    FolderDescription description;
    std::error_code code;
    if (!std::filesystem::is_directory(folder, code)) {
        description.problems.push_back({"is no folder", folder.string(), {}});
    } else if (isThere(folder / "adapter_config.json")) {
        description.kind = FolderKind::Adapter;
        describeAdapter(folder, description);
    } else if (isThere(folder / "config.json")) {
        description.kind = FolderKind::Model;
        describeModel(folder, description);
    } else {
        description.problems.push_back(
            {"holds neither a model (config.json) nor an adapter (adapter_config.json)",
             folder.string(),
             {}});
    }
    return description;
}

} // namespace lens
