// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/added_vocabulary.h"

#include "core/base/error.h"

#include <algorithm>

namespace lens {

void AddedVocabulary::begin(const TokenTable& vocabulary)
{
    m_next = std::max(vocabulary.size(), idLimit());
}

void AddedVocabulary::add(AddedToken token, const TokenTable& vocabulary, const Normalizer& normalizer,
                          const std::string& where)
{
    if (token.content.empty())
        return;
    token.id = idOf(token.content).value_or(vocabulary.find(token.content));
    if (token.id == kNoToken) {
        token.id = static_cast<TokenId>(m_next++);
        if (vocabulary.has(token.id))
            throw Error("the id of \"" + token.content + "\" would be " + std::to_string(token.id) +
                            ", which is taken by \"" + std::string(vocabulary.bytes(token.id)) + "\"",
                        where, "added tokens are numbered from the size of the vocabulary");
        if (token.id > kMaxTokenId)
            throw Error("there are more tokens than " + std::to_string(kMaxTokenId), where);
    }
    const AddedToken* known = find(token.id);
    token.decoded = known ? known->decoded : token.content;
    if (token.normalized) {
        EncodeScratch scratch;
        scratch.arena.allowFor(token.content.size());
        token.decoded = normalizer.apply({token.content, 0, nullptr, kNoToken}, scratch).text;
    }
    if (token.special)
        m_special.insert(token.content);
    m_ids.emplace(token.content, token.id);
    m_tokens[token.id] = std::move(token);
}

void AddedVocabulary::addAsNormalized(const AddedToken& token)
{
    m_ids.emplace(token.content, token.id);
    AddedToken& kept = m_tokens[token.id] = token;
    kept.decoded = token.content;
    kept.normalized = true;
}

// Of tokens with the same text in normalised form the first special one is found, or else the first: so older
// versions of Hugging Face's library; newer ones find any.
void AddedVocabulary::finish()
{
    for (const bool special : {true, false}) {
        for (const auto& [id, token] : m_tokens) {
            if (token.special != special)
                continue;
            if (token.normalized)
                m_asNormalized.add(token.decoded, token);
            else
                m_asWritten.add(token.content, token);
        }
    }
}

const AddedToken* AddedVocabulary::find(TokenId id) const
{
    const auto found = m_tokens.find(id);
    return found == m_tokens.end() ? nullptr : &found->second;
}

std::optional<TokenId> AddedVocabulary::idOf(std::string_view text) const
{
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? std::nullopt : std::optional(found->second);
}

std::size_t AddedVocabulary::idLimit() const
{
    return m_tokens.empty() ? 0 : static_cast<std::size_t>(m_tokens.rbegin()->first) + 1;
}

void AddedVocabulary::cut(const Piece& whole, const Normalizer& normalizer, EncodeScratch& scratch,
                          std::vector<Piece>& out) const
{
    std::vector<Piece>& pieces = scratch.nextPieces;
    pieces.clear();
    m_asWritten.apply(whole, pieces);
    for (const Piece& piece : pieces) {
        if (piece.token != kNoToken)
            out.push_back(piece);
        else
            m_asNormalized.apply(normalizer.apply(piece, scratch), out);
    }
}

} // namespace lens
