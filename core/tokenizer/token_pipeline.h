// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A loaded tokenizer at work: text to ids and back through its parts. Immutable; several threads may encode
// at once.
#pragma once

#include "core/tokenizer/tokenizer_parts.h"

#include <memory>
#include <mutex>
#include <vector>

namespace lens {

class TokenPipeline {
public:
    TokenPipeline(TokenizerParts parts, TokenizerConfig config);

    // As Tokenizer's functions of the same names.
    Encoding encode(std::string_view text, bool addSpecialTokens) const;
    std::string decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const;
    std::string tokenText(TokenId id) const;
    bool isSpecial(TokenId id) const;
    std::size_t idLimit() const;
    std::optional<TokenId> idOf(std::string_view token) const { return m_parts.idOf(token); }
    // Of a special token by its attribute name, "bos_token".
    std::optional<TokenId> idOfSpecial(const std::string& name) const;

    // Special tokens of the class that the vocabulary lacks are left out.
    const TokenizerConfig& config() const { return m_config; }
    const std::optional<std::string>& defaultTemplate() const { return m_defaultTemplate; }

private:
    void makePieces(std::string_view text, EncodeScratch& scratch) const;
    std::unique_ptr<EncodeScratch> takeScratch() const;
    void giveBack(std::unique_ptr<EncodeScratch> scratch) const;

    TokenizerParts m_parts;
    TokenizerConfig m_config;
    std::optional<std::string> m_defaultTemplate;
    mutable std::mutex m_scratchMutex;
    mutable std::vector<std::unique_ptr<EncodeScratch>> m_scratches; // not in use
};

} // namespace lens
