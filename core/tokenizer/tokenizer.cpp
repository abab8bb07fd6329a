// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/post_processor.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/tokenizer_config.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace lens {

class Tokenizer::Model {
public:
    Model(std::string_view tokenizerJson, std::string_view configJson, const std::string& where);

    Encoding encode(std::string_view text, bool addSpecialTokens);
    std::string decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const;

    std::optional<TokenId> idOf(std::string_view token) const;
    std::string tokenText(TokenId id) const;
    bool isSpecial(TokenId id) const;
    bool isToken(TokenId id) const { return m_model->written().has(id) || m_added.contains(id); }
    std::size_t idLimit() const;
    const TokenizerConfig& config() const { return m_config; }
    void setChatTemplate(std::string text) { m_config.chatTemplate = std::move(text); }

private:
    void readPipeline(const TokenizerFile& file, const JsonPart& root);
    void readAddedTokens(const JsonPart& root, const std::string& where);
    void add(AddedToken token, const std::string& where);
    void rebuildPostProcessor(const std::string& where);
    void makePieces(std::string_view text, EncodeScratch& scratch) const;

    std::unique_ptr<EncodeScratch> takeScratch();
    void giveBack(std::unique_ptr<EncodeScratch> scratch);

    Normalizer m_normalizer;
    PreTokenizer m_preTokenizer;
    std::unique_ptr<BpeModel> m_model;
    PostProcessor m_postProcessor;
    Decoder m_decoder;
    TokenizerConfig m_config;

    std::map<TokenId, AddedToken> m_added;
    std::map<std::string, TokenId, std::less<>> m_addedIds;
    AddedTokenMatcher m_asWritten;    // tokens looked for in the text itself
    AddedTokenMatcher m_asNormalized; // and in normalised text

    std::mutex m_scratchMutex;
    std::vector<std::unique_ptr<EncodeScratch>> m_scratches; // not in use
};

namespace {

// Older files leave the model's type out.
void checkModelType(const TokenizerFile& file, const JsonPart& model)
{
    const std::string type = model.has("type") ? model.type() : file.hasMerges ? "BPE" : "without type";
    if (type != "BPE")
        refuseUnknown("the model", type, model.path("type"), {"BPE"});
    if (!file.hasVocabulary || !file.hasMerges)
        throw Error("is missing", model.path(file.hasVocabulary ? "merges" : "vocab"));
}

} // namespace

Tokenizer::Model::Model(std::string_view tokenizerJson, std::string_view configJson, const std::string& where)
{
    const TokenizerFile file = parseTokenizerFile(tokenizerJson, where);
    if (!file.parts.is_object())
        throw Error("is not an object", where);
    if (!configJson.empty()) {
        const std::string configWhere = where + " (tokenizer_config.json)";
        m_config = tokenizerConfigOf(parseJson(configJson, configWhere), configWhere);
    }
    const JsonPart root{file.parts, where + ": "};
    readPipeline(file, root);
    readAddedTokens(root, where);
    if (root.has("post_processor"))
        m_postProcessor =
            PostProcessor(root.object("post_processor"), [&](TokenId id) { return isToken(id); });
    rebuildPostProcessor(where);
}

void Tokenizer::Model::readPipeline(const TokenizerFile& file, const JsonPart& root)
{
    const JsonPart model = root.object("model");
    checkModelType(file, model);
    if (root.has("normalizer"))
        m_normalizer = Normalizer(root.object("normalizer"));
    if (root.has("pre_tokenizer"))
        m_preTokenizer = PreTokenizer(root.object("pre_tokenizer"));
    if (root.has("decoder"))
        m_decoder = Decoder(root.object("decoder"));
    m_model = std::make_unique<BpeModel>(file, model, m_preTokenizer.endsWithByteLevel());
}

void Tokenizer::Model::readAddedTokens(const JsonPart& root, const std::string& where)
{
    if (root.has("added_tokens")) {
        for (const JsonPart& part : root.list("added_tokens")) {
            AddedToken token = addedTokenOf(part);
            const std::int64_t id = part.integer("id");
            if (id < 0 || id > kMaxTokenId)
                throw Error("the id " + std::to_string(id) + " is not in 0 … " + std::to_string(kMaxTokenId),
                            part.path("id"));
            token.id = static_cast<TokenId>(id);
            add(std::move(token), part.where);
        }
    }
    for (const AddedToken& token : m_config.addedTokens) {
        if (!m_addedIds.contains(token.content))
            add(token, where + " (tokenizer_config.json): added_tokens_decoder");
    }
}

// A token that the vocabulary has keeps the vocabulary's id.
void Tokenizer::Model::add(AddedToken token, const std::string& where)
{
    if (token.content.empty() || m_addedIds.contains(token.content))
        return;
    const TokenId known = m_model->written().find(token.content);
    if (known != kNoToken)
        token.id = known;
    else if (isToken(token.id))
        throw Error("the id " + std::to_string(token.id) + " of \"" + token.content + "\" is taken by \"" +
                        tokenText(token.id) + "\"",
                    where);
    m_addedIds.emplace(token.content, token.id);
    token.decoded = token.content;
    if (token.normalized) {
        EncodeScratch scratch;
        const Piece content{token.content, 0, nullptr, kNoToken};
        token.decoded = m_normalizer.apply(content, scratch).text;
    }
    (token.normalized ? m_asNormalized : m_asWritten).add(token.decoded, token);
    m_added.emplace(token.id, std::move(token));
}

void Tokenizer::Model::rebuildPostProcessor(const std::string& where)
{
    if (!m_config.addBos && !m_config.addEos)
        return;
    const auto idFor = [&](bool wanted, const std::optional<std::string>& token, const char* key) {
        const auto id = wanted && token ? idOf(*token) : std::nullopt;
        if (wanted && !id)
            throw Error("asks for a token that tokenizer_config.json does not name",
                        where + " (tokenizer_config.json): " + key);
        return id;
    };
    m_postProcessor =
        PostProcessor::around(idFor(m_config.addBos.value_or(true), m_config.bosToken, "add_bos_token"),
                              idFor(m_config.addEos.value_or(false), m_config.eosToken, "add_eos_token"));
}

std::unique_ptr<EncodeScratch> Tokenizer::Model::takeScratch()
{
    const std::lock_guard lock(m_scratchMutex);
    if (m_scratches.empty())
        return std::make_unique<EncodeScratch>();
    auto scratch = std::move(m_scratches.back());
    m_scratches.pop_back();
    return scratch;
}

void Tokenizer::Model::giveBack(std::unique_ptr<EncodeScratch> scratch)
{
    scratch->clear();
    const std::lock_guard lock(m_scratchMutex);
    m_scratches.push_back(std::move(scratch));
}

// Cuts the added tokens out: those of the text as written, then, piece by piece, those of normalised text.
void Tokenizer::Model::makePieces(std::string_view text, EncodeScratch& scratch) const
{
    Piece whole{text, 0, nullptr, kNoToken};
    if (firstInvalidUtf8(text) < text.size()) {
        AlignedText& repaired = scratch.arena.fresh();
        for (std::size_t at = 0; at < text.size();) {
            const Utf8Step step = stepUtf8(text, at);
            if (step.valid)
                repaired.copy(whole, at, at + step.length);
            else
                repaired.replace(whole, at, at + step.length, "\xEF\xBF\xBD");
            at += step.length;
        }
        whole = pieceOf(repaired, whole);
    }
    m_asWritten.apply(whole, scratch, scratch.nextPieces);
    for (const Piece& piece : scratch.nextPieces) {
        if (piece.token != kNoToken)
            scratch.pieces.push_back(piece);
        else
            m_asNormalized.apply(m_normalizer.apply(piece, scratch), scratch, scratch.pieces);
    }
}

Encoding Tokenizer::Model::encode(std::string_view text, bool addSpecialTokens)
{
    if (text.size() > 0xFFFFFFF0u)
        throw Error("a text of 4 GiB or more cannot be encoded at once");
    auto scratch = takeScratch();
    makePieces(text, *scratch);
    m_preTokenizer.apply(*scratch);
    Encoding encoding;
    encoding.ids.reserve(scratch->pieces.size());
    encoding.spans.reserve(scratch->pieces.size());
    for (const Piece& piece : scratch->pieces) {
        if (piece.token != kNoToken) {
            encoding.ids.push_back(piece.token);
            encoding.spans.push_back(piece.span(0, piece.text.size()));
            continue;
        }
        m_model->encode(piece.text, *scratch);
        for (const Symbol& symbol : scratch->symbols) {
            encoding.ids.push_back(symbol.id);
            encoding.spans.push_back(piece.span(symbol.begin, symbol.end));
        }
    }
    giveBack(std::move(scratch));
    if (addSpecialTokens)
        m_postProcessor.apply(encoding);
    return encoding;
}

std::string Tokenizer::Model::decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const
{
    TokenTexts tokens;
    for (const TokenId id : ids) {
        const auto added = m_added.find(id);
        if (added == m_added.end() && m_model->written().has(id))
            tokens.emplace_back(m_model->written().bytes(id));
        else if (added != m_added.end() && !(skipSpecialTokens && added->second.special))
            tokens.push_back(added->second.decoded);
    }
    return m_decoder.apply(std::move(tokens));
}

std::optional<TokenId> Tokenizer::Model::idOf(std::string_view token) const
{
    if (const auto added = m_addedIds.find(token); added != m_addedIds.end())
        return added->second;
    const TokenId id = m_model->written().find(token);
    return id == kNoToken ? std::nullopt : std::optional(id);
}

std::string Tokenizer::Model::tokenText(TokenId id) const
{
    const auto added = m_added.find(id);
    return added != m_added.end() ? added->second.content : std::string(m_model->written().bytes(id));
}

bool Tokenizer::Model::isSpecial(TokenId id) const
{
    const auto added = m_added.find(id);
    return added != m_added.end() && added->second.special;
}

std::size_t Tokenizer::Model::idLimit() const
{
    const std::size_t added = m_added.empty() ? 0 : static_cast<std::size_t>(m_added.rbegin()->first) + 1;
    return std::max(m_model->written().idLimit(), added);
}

Tokenizer::Tokenizer(std::unique_ptr<Model> model) : m_model(std::move(model)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer Tokenizer::load(const std::filesystem::path& modelFolder)
{
    const auto file = modelFolder / "tokenizer.json";
    const auto config = modelFolder / "tokenizer_config.json";
    const auto chatTemplate = modelFolder / "chat_template.jinja";
    if (!std::filesystem::exists(file))
        throw Error("there is no tokenizer.json", modelFolder.string(),
                    "a Hugging Face model folder with a fast tokenizer has one");
    const std::string configText = std::filesystem::exists(config) ? readFile(config) : std::string();
    Tokenizer tokenizer = fromJsonText(readFile(file), configText, file.string());
    if (std::filesystem::exists(chatTemplate))
        tokenizer.m_model->setChatTemplate(readFile(chatTemplate));
    return tokenizer;
}

Tokenizer Tokenizer::fromJsonText(std::string_view tokenizerJson, std::string_view configJson,
                                  const std::string& where)
{
    return Tokenizer(std::make_unique<Model>(tokenizerJson, configJson, where));
}

Encoding Tokenizer::encode(std::string_view text, bool addSpecialTokens) const
{
    return m_model->encode(text, addSpecialTokens);
}

std::string Tokenizer::decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const
{
    return m_model->decode(ids, skipSpecialTokens);
}

std::size_t Tokenizer::vocabularySize() const
{
    return m_model->idLimit();
}

std::optional<TokenId> Tokenizer::idOf(std::string_view token) const
{
    return m_model->idOf(token);
}

std::string Tokenizer::tokenText(TokenId id) const
{
    return m_model->tokenText(id);
}

bool Tokenizer::isSpecial(TokenId id) const
{
    return m_model->isSpecial(id);
}

std::optional<TokenId> Tokenizer::bosId() const
{
    const auto& token = m_model->config().bosToken;
    return token ? m_model->idOf(*token) : std::nullopt;
}

std::optional<TokenId> Tokenizer::eosId() const
{
    const auto& token = m_model->config().eosToken;
    return token ? m_model->idOf(*token) : std::nullopt;
}

std::optional<TokenId> Tokenizer::padId() const
{
    const auto& token = m_model->config().padToken;
    return token ? m_model->idOf(*token) : std::nullopt;
}

const std::optional<std::string>& Tokenizer::chatTemplate() const
{
    return m_model->config().chatTemplate;
}

} // namespace lens
