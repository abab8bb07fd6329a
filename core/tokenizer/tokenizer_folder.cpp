// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_folder.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/tokenizer_classes.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::size_t kMaxConfigBytes = 64u << 20;
constexpr std::size_t kMaxTemplateBytes = 4u << 20;
constexpr std::size_t kMaxTemplates = 100;

bool isThere(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::exists(path, code);
}

Json readObject(const std::filesystem::path& path)
{
    Json value = readJsonFile(path, false, kMaxConfigBytes);
    if (!value.is_object())
        throw Error("is not an object", path.string());
    return value;
}

// Texts of all special tokens that `config` names.
std::vector<std::string> specialTexts(const Json& config, const std::string& where)
{
    std::vector<std::string> texts;
    for (const AddedToken& token : tokenizerConfigOf(config, where).namedTokens)
        texts.push_back(token.content);
    return texts;
}

// The files of before added_tokens_decoder: special_tokens_map.json stands over tokenizer_config.json, and
// added_tokens.json holds ids by text.
void addOlderFiles(const std::filesystem::path& folder, Json& config)
{
    const auto specialFile = folder / "special_tokens_map.json";
    if (isThere(specialFile)) {
        const Json map = readObject(specialFile);
        tokenizerConfigOf(map, specialFile.string()); // for errors that name this file
        config.update(map);
    }
    const auto addedFile = folder / "added_tokens.json";
    if (!isThere(addedFile))
        return;
    const std::vector<std::string> special = specialTexts(config, specialFile.string());
    const Json ids = readObject(addedFile);
    Json decoder = Json::object();
    for (const auto& [text, id] : ids.items()) {
        if (!id.is_number_integer())
            throw Error("is not a token id", addedFile.string() + ": " + text);
        const bool isSpecial = std::find(special.begin(), special.end(), text) != special.end();
        decoder[id.dump()] = {{"content", text}, {"special", isSpecial}, {"normalized", !isSpecial}};
    }
    config["added_tokens_decoder"] = std::move(decoder);
}

// transformers goes by the model's type where no class is named.
void addClass(const std::filesystem::path& folder, Json& config)
{
    const auto file = folder / "config.json";
    if (config.contains("tokenizer_class") || !isThere(file))
        return;
    const Json model = readObject(file);
    if (model.contains("tokenizer_class") && model["tokenizer_class"].is_string())
        config["tokenizer_class"] = model["tokenizer_class"];
    else if (model.contains("model_type") && model["model_type"].is_string())
        config["tokenizer_class"] = tokenizerClassOf(model["model_type"].get<std::string>());
}

// Templates in files stand over all that tokenizer_config.json has.
void readTemplateFiles(const std::filesystem::path& folder, TokenizerConfig& config)
{
    std::map<std::string, std::string> templates;
    if (isThere(folder / "chat_template.jinja"))
        templates.emplace("default", readFile(folder / "chat_template.jinja", kMaxTemplateBytes));
    std::error_code code;
    for (const auto& entry :
         std::filesystem::directory_iterator(folder / "additional_chat_templates", code)) {
        if (entry.path().extension() == ".jinja" && templates.size() < kMaxTemplates)
            templates.emplace(entry.path().stem().string(), readFile(entry.path(), kMaxTemplateBytes));
    }
    if (!templates.empty())
        config.chatTemplates = std::move(templates);
}

} // namespace

TokenizerFolder readTokenizerFolder(const std::filesystem::path& folder)
{
    TokenizerFolder result;
    result.file = folder / "tokenizer.json";
    if (!isThere(result.file)) {
        result.file = folder / "tokenizer.model";
        result.isSentencePiece = true;
    }
    if (!isThere(result.file))
        throw Error("there is no tokenizer.json and no tokenizer.model", folder.string(),
                    "a Hugging Face model folder has one of them");
    const auto configFile = folder / "tokenizer_config.json";
    Json config = Json::object();
    if (isThere(configFile))
        config = readObject(configFile);
    tokenizerConfigOf(config, configFile.string()); // for errors that name this file
    if (!config.contains("added_tokens_decoder"))
        addOlderFiles(folder, config);
    result.hasConfig = !config.empty();
    addClass(folder, config);
    result.config = tokenizerConfigOf(config, configFile.string());
    readTemplateFiles(folder, result.config);
    return result;
}

} // namespace lens
