// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Added tokens: pieces of text that are one token wherever they stand, cut out before anything else. Longest
// first among those that begin at the same place.
#pragma once

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/code_point_set.h"
#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/json_part.h"
#include "core/tokenizer/normalizer.h"

#include <array>
#include <string>
#include <vector>

namespace lens {

struct AddedToken {
    TokenId id = kNoToken;
    std::string content;
    std::string decoded; // what it decodes to: the content, as normalised where it is looked for so
    bool special = false;
    bool normalized = false; // looked for in normalised text
    bool singleWord = false; // only where no word character stands beside it
    bool lstrip = false;     // swallows the blanks before it
    bool rstrip = false;
};

// Reads the flags and the content; the id is the caller's.
AddedToken addedTokenOf(const JsonPart& part);

// Finds added tokens in a piece. Immutable after the last add.
class AddedTokenMatcher {
public:
    // Of tokens with the same text the first stays.
    void add(std::string_view text, const AddedToken& token);
    bool empty() const { return m_tokens.empty(); }

    // Appends the piece cut into tokens and what lies between them.
    void apply(const Piece& piece, std::vector<Piece>& out) const;

private:
    struct Found {
        std::size_t begin = 0;
        std::size_t end = 0;
        const AddedToken* token = nullptr;
    };
    Found findFrom(std::string_view text, std::size_t from) const;
    bool standsAlone(std::string_view text, const Found& found) const;
    void takeBlanks(std::string_view text, Found& found) const;

    std::vector<AddedToken> m_tokens;
    ByteTrie m_trie; // values: places in m_tokens
    std::array<bool, 256> m_firstBytes{};
    CodePointSet m_word; // made at the first token
    CodePointSet m_blanks;
};

} // namespace lens
