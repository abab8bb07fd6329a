// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All added tokens of a tokenizer by id and by text, and the cutting of a text at them.
#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/token_table.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace lens {

class AddedVocabulary {
public:
    // Begins a list of tokens to add. They get their ids as Hugging Face's library gives them: the
    // vocabulary's, or else the next one behind vocabulary and added tokens; what the file says is not looked
    // at.
    void begin(const TokenTable& vocabulary);
    // A text added before gets the new flags. Throws Error if the id is another token's (vocabularies with
    // holes).
    void add(AddedToken token, const TokenTable& vocabulary, const Normalizer& normalizer,
             const std::string& where);
    // A token of the vocabulary that stands by itself in normalised text.
    void addAsNormalized(const AddedToken& token);
    // Decoding may leave it out.
    void markSpecial(const std::string& text) { m_special.insert(text); }
    // To be called after the last token.
    void finish();

    const AddedToken* find(TokenId id) const; // nullptr: none
    std::optional<TokenId> idOf(std::string_view text) const;
    // By the text that a token decodes to, as Hugging Face's library asks.
    bool isSpecial(std::string_view decoded) const { return m_special.contains(decoded); }
    std::size_t idLimit() const; // largest id + 1

    // Appends the tokens of the text as written, and, piece by piece between them, those of normalised text.
    void cut(const Piece& whole, const Normalizer& normalizer, EncodeScratch& scratch,
             std::vector<Piece>& out) const;

private:
    std::map<TokenId, AddedToken> m_tokens;
    std::map<std::string, TokenId, std::less<>> m_ids;
    std::set<std::string, std::less<>> m_special;
    AddedTokenMatcher m_asWritten;    // tokens looked for in the text itself
    AddedTokenMatcher m_asNormalized; // and in normalised text
    std::size_t m_next = 0;           // id of the next new token of the list
};

} // namespace lens
