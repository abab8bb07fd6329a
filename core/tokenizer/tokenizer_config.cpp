// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_config.h"

#include "core/base/error.h"
#include "core/tokenizer/token_table.h"

#include <charconv>

namespace lens {
namespace {

// "</s>", {"content": "</s>", …} or null.
std::optional<std::string> tokenField(const JsonPart& config, const char* key)
{
    if (!config.has(key))
        return std::nullopt;
    const Json& value = config.value[key];
    return value.is_object() ? config.object(key).text("content") : config.text(key);
}

std::vector<AddedToken> addedTokens(const JsonPart& config)
{
    std::vector<AddedToken> tokens;
    if (!config.has("added_tokens_decoder"))
        return tokens;
    const JsonPart decoder = config.object("added_tokens_decoder");
    for (const auto& [key, value] : decoder.value.items()) {
        std::int64_t id = -1;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (error != std::errc() || end != key.data() + key.size() || id < 0 || id > kMaxTokenId)
            throw Error("\"" + key + "\" is not a token id", decoder.where);
        tokens.push_back(addedTokenOf({value, decoder.path(key)}));
        tokens.back().id = static_cast<TokenId>(id);
    }
    return tokens;
}

// A text, or a list of {name, template}, of which "default" is the one for plain conversations.
std::optional<std::string> chatTemplate(const JsonPart& config)
{
    if (!config.has("chat_template"))
        return std::nullopt;
    if (config.value["chat_template"].is_string())
        return config.text("chat_template");
    for (const JsonPart& one : config.list("chat_template")) {
        if (one.text("name") == "default")
            return one.text("template");
    }
    return std::nullopt;
}

} // namespace

TokenizerConfig tokenizerConfigOf(const Json& json, const std::string& where)
{
    const JsonPart config{json, where + ": "};
    if (!json.is_object())
        throw Error("is not an object", where);
    TokenizerConfig result;
    result.bosToken = tokenField(config, "bos_token");
    result.eosToken = tokenField(config, "eos_token");
    result.padToken = tokenField(config, "pad_token");
    result.addedTokens = addedTokens(config);
    result.chatTemplate = chatTemplate(config);
    const std::string className = config.text("tokenizer_class", "");
    for (const char* rebuilt : {"LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer"}) {
        if (className != rebuilt && className != rebuilt + std::string("Fast"))
            continue;
        if (config.has("add_bos_token"))
            result.addBos = config.flag("add_bos_token", true);
        if (config.has("add_eos_token"))
            result.addEos = config.flag("add_eos_token", false);
    }
    return result;
}

} // namespace lens
