// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/token_pipeline.h"

#include "core/base/error.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lens {
namespace {

// Each maximal part that is not UTF-8 becomes U+FFFD.
Piece repaired(std::string_view text, EncodeScratch& scratch)
{
    const Piece whole{text, 0, nullptr, kNoToken};
    if (firstInvalidUtf8(text) == text.size())
        return whole;
    AlignedText& out = scratch.arena.fresh();
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = stepUtf8(text, at);
        if (step.valid)
            out.copy(whole, at, at + step.length);
        else
            out.replace(whole, at, at + step.length, "\xEF\xBF\xBD");
        at += step.length;
    }
    return pieceOf(out, whole);
}

} // namespace

TokenPipeline::TokenPipeline(TokenizerParts parts, TokenizerConfig config)
    : m_parts(std::move(parts))
    , m_config(std::move(config))
{
    for (const auto& [name, text] : m_config.classTokens) {
        if (m_parts.idOf(text))
            m_config.specialTokens.emplace(name, text);
    }
    const auto found = m_config.chatTemplates.find("default");
    if (found != m_config.chatTemplates.end())
        m_defaultTemplate = found->second;
}

std::unique_ptr<EncodeScratch> TokenPipeline::takeScratch() const
{
    const std::lock_guard lock(m_scratchMutex);
    if (m_scratches.empty())
        return std::make_unique<EncodeScratch>();
    auto scratch = std::move(m_scratches.back());
    m_scratches.pop_back();
    return scratch;
}

void TokenPipeline::giveBack(std::unique_ptr<EncodeScratch> scratch) const
{
    scratch->clear();
    const std::lock_guard lock(m_scratchMutex);
    m_scratches.push_back(std::move(scratch));
}

void TokenPipeline::makePieces(std::string_view text, EncodeScratch& scratch) const
{
    m_parts.added.cut(repaired(text, scratch), m_parts.normalizer, scratch, scratch.pieces);
    m_parts.preTokenizer.apply(scratch);
}

Encoding TokenPipeline::encode(std::string_view text, bool addSpecialTokens) const
{
    if (text.size() > 0xFFFFFFF0u)
        throw Error("a text of 4 GiB or more cannot be encoded at once");
    auto scratch = takeScratch();
    scratch->arena.allowFor(text.size());
    makePieces(text, *scratch);
    Encoding encoding;
    encoding.ids.reserve(scratch->pieces.size());
    encoding.spans.reserve(scratch->pieces.size());
    for (const Piece& piece : scratch->pieces) {
        if (piece.token != kNoToken) {
            encoding.ids.push_back(piece.token);
            encoding.spans.push_back(piece.span(0, piece.text.size()));
            continue;
        }
        m_parts.model->encode(piece.text, *scratch);
        for (const Symbol& symbol : scratch->symbols) {
            encoding.ids.push_back(symbol.id);
            encoding.spans.push_back(piece.span(symbol.begin, symbol.end));
        }
    }
    giveBack(std::move(scratch));
    if (addSpecialTokens)
        m_parts.postProcessor.apply(encoding);
    return encoding;
}

std::string TokenPipeline::decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const
{
    const TokenTable& vocabulary = m_parts.model->written();
    TokenTexts tokens;
    for (const TokenId id : ids) {
        const AddedToken* added = m_parts.added.find(id);
        if (!added && !vocabulary.has(id))
            continue;
        const std::string_view text = added ? std::string_view(added->decoded) : vocabulary.bytes(id);
        if (!skipSpecialTokens || !m_parts.added.isSpecial(text))
            tokens.emplace_back(text);
    }
    return m_parts.decoder.apply(std::move(tokens));
}

std::string TokenPipeline::tokenText(TokenId id) const
{
    const AddedToken* added = m_parts.added.find(id);
    return added ? added->content : std::string(m_parts.model->written().bytes(id));
}

bool TokenPipeline::isSpecial(TokenId id) const
{
    const AddedToken* added = m_parts.added.find(id);
    return added && m_parts.added.isSpecial(added->content);
}

std::size_t TokenPipeline::idLimit() const
{
    return std::max(m_parts.model->written().idLimit(), m_parts.added.idLimit());
}

std::optional<TokenId> TokenPipeline::idOfSpecial(const std::string& name) const
{
    const auto token = m_config.specialTokens.find(name);
    return token == m_config.specialTokens.end() ? std::nullopt : m_parts.idOf(token->second);
}

} // namespace lens
