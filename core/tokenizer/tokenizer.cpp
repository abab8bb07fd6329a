// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer.h"

#include "core/base/file.h"
#include "core/tokenizer/token_pipeline.h"
#include "core/tokenizer/tokenizer_folder.h"

namespace lens {

Tokenizer::Tokenizer(std::unique_ptr<TokenPipeline> pipeline) : m_pipeline(std::move(pipeline)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer Tokenizer::load(const std::filesystem::path& modelFolder)
{
    TokenizerFolder folder = readTokenizerFolder(modelFolder);
    const std::string text = readFile(folder.file);
    const std::string where = folder.file.string();
    TokenizerParts parts = folder.isSentencePiece
                               ? partsOfSentencePiece(text, folder.config, folder.hasConfig, where)
                               : partsOfJson(text, folder.config, where);
    return Tokenizer(std::make_unique<TokenPipeline>(std::move(parts), std::move(folder.config)));
}

Tokenizer Tokenizer::fromJsonText(std::string_view tokenizerJson, std::string_view configJson,
                                  const std::string& where)
{
    TokenizerConfig config;
    if (!configJson.empty()) {
        const std::string configWhere = where + " (tokenizer_config.json)";
        config = tokenizerConfigOf(parseJson(configJson, configWhere), configWhere);
    }
    TokenizerParts parts = partsOfJson(tokenizerJson, config, where);
    return Tokenizer(std::make_unique<TokenPipeline>(std::move(parts), std::move(config)));
}

Tokenizer Tokenizer::fromSentencePiece(std::string_view model, const std::string& where)
{
    TokenizerParts parts = partsOfSentencePiece(model, {}, false, where);
    return Tokenizer(std::make_unique<TokenPipeline>(std::move(parts), TokenizerConfig{}));
}

Encoding Tokenizer::encode(std::string_view text, bool addSpecialTokens) const
{
    return m_pipeline->encode(text, addSpecialTokens);
}

std::string Tokenizer::decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const
{
    return m_pipeline->decode(ids, skipSpecialTokens);
}

std::size_t Tokenizer::vocabularySize() const
{
    return m_pipeline->idLimit();
}

std::optional<TokenId> Tokenizer::idOf(std::string_view token) const
{
    return m_pipeline->idOf(token);
}

std::string Tokenizer::tokenText(TokenId id) const
{
    return m_pipeline->tokenText(id);
}

bool Tokenizer::isSpecial(TokenId id) const
{
    return m_pipeline->isSpecial(id);
}

std::optional<TokenId> Tokenizer::bosId() const
{
    return m_pipeline->idOfSpecial("bos_token");
}

std::optional<TokenId> Tokenizer::eosId() const
{
    return m_pipeline->idOfSpecial("eos_token");
}

std::optional<TokenId> Tokenizer::padId() const
{
    return m_pipeline->idOfSpecial("pad_token");
}

const std::map<std::string, std::string>& Tokenizer::specialTokens() const
{
    return m_pipeline->config().specialTokens;
}

const std::vector<std::string>& Tokenizer::additionalSpecialTokens() const
{
    return m_pipeline->config().additionalSpecialTokens;
}

const std::optional<std::string>& Tokenizer::chatTemplate() const
{
    return m_pipeline->defaultTemplate();
}

const std::map<std::string, std::string>& Tokenizer::chatTemplates() const
{
    return m_pipeline->config().chatTemplates;
}

} // namespace lens
