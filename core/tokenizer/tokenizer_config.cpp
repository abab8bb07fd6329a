// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_config.h"

#include "core/base/error.h"
#include "core/tokenizer/token_table.h"
#include "core/tokenizer/tokenizer_classes.h"

#include <algorithm>
#include <charconv>

namespace lens {
namespace {

constexpr const char* kTokenNames[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                       "pad_token", "cls_token", "mask_token"};

// "</s>" or {"content": "</s>", …}.
AddedToken namedToken(const Json& value, const std::string& where)
{
    AddedToken token;
    if (value.is_object()) {
        token = addedTokenOf({value, where});
        if (!value.contains("normalized"))
            token.normalized = false;
    } else if (value.is_string()) {
        token.content = value.get<std::string>();
    } else {
        throw Error("is not a string", where);
    }
    token.special = true;
    return token;
}

// A list, or (extra_special_tokens) an object with names of the model's own.
void readFurtherTokens(const JsonPart& config, const char* key, TokenizerConfig& result)
{
    if (!config.has(key))
        return;
    const auto take = [&](const Json& value, const std::string& where) {
        result.namedTokens.push_back(namedToken(value, where));
        return result.namedTokens.back().content;
    };
    if (config.value[key].is_object()) {
        for (const auto& [name, value] : config.value[key].items())
            result.specialTokens.emplace(name, take(value, config.path(key) + "." + name));
        return;
    }
    for (const JsonPart& one : config.list(key))
        result.additionalSpecialTokens.push_back(take(one.value, one.where));
}

void readSpecialTokens(const JsonPart& config, TokenizerConfig& result)
{
    result.classTokens = classSpecialTokens(result.className);
    for (const char* name : kTokenNames) {
        if (config.value.contains(name))
            result.classTokens.erase(name);
        if (!config.has(name))
            continue;
        result.namedTokens.push_back(namedToken(config.value[name], config.path(name)));
        result.specialTokens.emplace(name, result.namedTokens.back().content);
    }
    readFurtherTokens(config, "additional_special_tokens", result);
    readFurtherTokens(config, "extra_special_tokens", result);
}

void readAddedTokens(const JsonPart& config, TokenizerConfig& result)
{
    if (!config.has("added_tokens_decoder"))
        return;
    const JsonPart decoder = config.object("added_tokens_decoder");
    for (const auto& [key, value] : decoder.value.items()) {
        std::int64_t id = -1;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (error != std::errc() || end != key.data() + key.size() || id < 0 || id > kMaxTokenId)
            throw Error("\"" + key + "\" is not a token id", decoder.where);
        result.addedTokens.push_back(addedTokenOf({value, decoder.path(key)}));
        result.addedTokens.back().id = static_cast<TokenId>(id);
    }
    std::stable_sort(result.addedTokens.begin(), result.addedTokens.end(),
                     [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
}

// A text, or a list of {name, template}.
void readChatTemplates(const JsonPart& config, TokenizerConfig& result)
{
    if (!config.has("chat_template"))
        return;
    if (config.value["chat_template"].is_string()) {
        result.chatTemplates.emplace("default", config.text("chat_template"));
        return;
    }
    for (const JsonPart& one : config.list("chat_template"))
        result.chatTemplates[one.text("name")] = one.text("template");
}

} // namespace

TokenizerConfig tokenizerConfigOf(const Json& json, const std::string& where)
{
    const JsonPart config{json, where + ": "};
    if (!json.is_object())
        throw Error("is not an object", where);
    TokenizerConfig result;
    result.className = config.text("tokenizer_class", "");
    if (result.className.ends_with("Fast"))
        result.className.resize(result.className.size() - 4);
    readSpecialTokens(config, result);
    readAddedTokens(config, result);
    readChatTemplates(config, result);
    const auto withBos = rebuildsWithBos(result.className);
    if (withBos && (config.has("add_bos_token") || config.has("add_eos_token"))) {
        result.addBos = config.flag("add_bos_token", *withBos);
        result.addEos = config.flag("add_eos_token", false);
    }
    result.legacy = config.flag("legacy", true);
    if (config.has("add_prefix_space"))
        result.addPrefixSpace = config.flag("add_prefix_space", true);
    return result;
}

} // namespace lens
