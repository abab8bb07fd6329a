// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_parts.h"

#include "core/base/error.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/unigram_model.h"

namespace lens {
namespace {

// Older files leave it out.
std::string modelType(const TokenizerFile& file, const JsonPart& model)
{
    return model.has("type") ? model.type() : file.hasMerges ? "BPE" : "without type";
}

std::unique_ptr<TokenModel> modelOf(const TokenizerFile& file, const JsonPart& model, bool byteLevel)
{
    const std::string type = modelType(file, model);
    const auto need = [&](bool has, const char* key) {
        if (!has)
            throw Error("is missing", model.path(key));
    };
    if (type == "BPE") {
        need(file.hasVocabulary, "vocab");
        need(file.hasMerges, "merges");
        return BpeModel::ofJson(file, model, byteLevel);
    }
    if (type == "Unigram") {
        need(file.hasScores, "vocab");
        return UnigramModel::ofJson(file, model);
    }
    refuseUnknown("the model", type, model.path("type"), {"BPE", "Unigram"});
}

// transformers puts the configuration's add_prefix_space in place of a ByteLevel's own, unless that stands in
// a Sequence.
PreTokenizer preTokenizerOf(const JsonPart& root, const TokenizerConfig& config, bool modelReadsBytes)
{
    const JsonPart part = root.object("pre_tokenizer");
    if (!config.addPrefixSpace || part.type() != "ByteLevel")
        return PreTokenizer(part, modelReadsBytes);
    Json changed = part.value;
    changed["add_prefix_space"] = *config.addPrefixSpace;
    return PreTokenizer({changed, part.where}, modelReadsBytes);
}

void readAddedTokens(const JsonPart& root, TokenizerParts& parts)
{
    parts.added.begin(parts.model->written());
    if (!root.has("added_tokens"))
        return;
    for (const JsonPart& part : root.list("added_tokens")) {
        AddedToken token = addedTokenOf(part);
        const std::int64_t id = part.integer("id");
        if (id < 0 || id > kMaxTokenId)
            throw Error("the id " + std::to_string(id) + " is not in 0 … " + std::to_string(kMaxTokenId),
                        part.path("id"));
        parts.added.add(std::move(token), parts.model->written(), parts.normalizer, part.where);
    }
}

} // namespace

std::optional<TokenId> TokenizerParts::idOf(std::string_view token) const
{
    if (const auto id = added.idOf(token))
        return id;
    const TokenId id = model->written().find(token);
    return id == kNoToken ? std::nullopt : std::optional(id);
}

TokenizerParts partsOfJson(std::string_view tokenizerJson, const TokenizerConfig& config,
                           const std::string& where)
{
    const TokenizerFile file = parseTokenizerFile(tokenizerJson, where);
    if (!file.parts.is_object())
        throw Error("is not an object", where);
    const JsonPart root{file.parts, where + ": "};
    const JsonPart model = root.object("model");
    TokenizerParts parts;
    if (root.has("normalizer"))
        parts.normalizer = Normalizer(root.object("normalizer"));
    if (root.has("pre_tokenizer"))
        parts.preTokenizer = preTokenizerOf(root, config, modelType(file, model) == "BPE");
    if (root.has("decoder"))
        parts.decoder = Decoder(root.object("decoder"));
    parts.model = modelOf(file, model, parts.preTokenizer.endsWithByteLevel());
    readAddedTokens(root, parts);
    applyConfig(config, parts, where);
    if (root.has("post_processor"))
        parts.postProcessor =
            PostProcessor(root.object("post_processor"), [&](TokenId id) { return parts.isToken(id); });
    rebuildPostProcessor(config, parts, where);
    return parts;
}

// Also finishes the added tokens. Of tokens that are only named, those that the vocabulary has are cut out as
// special ones too; one that it lacks stays unknown.
void applyConfig(const TokenizerConfig& config, TokenizerParts& parts, const std::string& where)
{
    const TokenTable& vocabulary = parts.model->written();
    const std::string from = where + " (tokenizer_config.json)";
    parts.added.begin(vocabulary);
    for (const AddedToken& token : config.addedTokens)
        parts.added.add(token, vocabulary, parts.normalizer, from + ": added_tokens_decoder");
    const auto name = [&](const AddedToken& token) {
        if (!parts.added.idOf(token.content) && vocabulary.find(token.content) != kNoToken)
            parts.added.add(token, vocabulary, parts.normalizer, from);
        parts.added.markSpecial(token.content);
    };
    for (const AddedToken& token : config.namedTokens)
        name(token);
    for (const auto& [key, text] : config.classTokens) {
        AddedToken token;
        token.content = text;
        token.special = true;
        name(token);
    }
    parts.added.finish();
}

void rebuildPostProcessor(const TokenizerConfig& config, TokenizerParts& parts, const std::string& where)
{
    if (!config.addBos || !config.addEos)
        return;
    const auto idFor = [&](bool wanted, const char* name, const char* key) -> std::optional<TokenId> {
        if (!wanted)
            return std::nullopt;
        std::optional<TokenId> id;
        for (const auto* tokens : {&config.classTokens, &config.specialTokens}) {
            if (const auto token = tokens->find(name); token != tokens->end())
                id = parts.idOf(token->second);
        }
        if (!id)
            throw Error("asks for a token that tokenizer_config.json does not name",
                        where + " (tokenizer_config.json): " + key);
        return id;
    };
    parts.postProcessor = PostProcessor::around(idFor(*config.addBos, "bos_token", "add_bos_token"),
                                                idFor(*config.addEos, "eos_token", "add_eos_token"));
}

} // namespace lens
