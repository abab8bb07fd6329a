// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All added tokens of a tokenizer by id and by text, and the cutting of a text at them.
#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/token_table.h"

#include <map>
#include <optional>
#include <string>

namespace lens {

class AddedVocabulary {
public:
    // Gives the token its id as Hugging Face's library does: the vocabulary's, or else the next free one
    // behind vocabulary and added tokens; what the file says is not looked at. A text added before is passed
    // over. Throws Error if that id is another token's (vocabularies with holes).
    void add(AddedToken token, const TokenTable& vocabulary, const Normalizer& normalizer,
             const std::string& where);
    // A token of the vocabulary that stands by itself in normalised text.
    void addAsNormalized(const AddedToken& token);
    // Decoding may leave it out. Nothing if the text is not an added token.
    void markSpecial(std::string_view text);

    const AddedToken* find(TokenId id) const; // nullptr: none
    std::optional<TokenId> idOf(std::string_view text) const;
    std::size_t idLimit() const; // largest id + 1
    bool cutsNormalized() const { return !m_asNormalized.empty(); }

    // Appends the tokens of the text as written, and, piece by piece between them, those of normalised text.
    void cut(const Piece& whole, const Normalizer& normalizer, EncodeScratch& scratch,
             std::vector<Piece>& out) const;

private:
    void keep(AddedToken token);
    std::map<TokenId, AddedToken> m_tokens;
    std::map<std::string, TokenId, std::less<>> m_ids;
    AddedTokenMatcher m_asWritten;    // tokens looked for in the text itself
    AddedTokenMatcher m_asNormalized; // and in normalised text
};

} // namespace lens
