// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What turns one word (a stretch that the pre-tokenizer cut out) into tokens. Immutable after loading;
// several threads may encode at once, each with an EncodeScratch of its own.
#pragma once

#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/token_table.h"

#include <string_view>

namespace lens {

class TokenModel {
public:
    virtual ~TokenModel() = default;

    // Replaces scratch.symbols by the word's tokens.
    virtual void encode(std::string_view word, EncodeScratch& scratch) const = 0;

    const TokenTable& written() const { return m_written; } // the vocabulary as in the file

protected:
    TokenTable m_written;
};

// Ids of "<0x00>" … "<0xFF>", which write a character that the vocabulary lacks byte by byte.
class ByteTokens {
public:
    ByteTokens() = default; // none
    explicit ByteTokens(const TokenTable& vocabulary);

    // Appends the tokens of the bytes, each with its own byte at `at` and on. False, with nothing appended,
    // if one of them is missing.
    bool append(std::string_view bytes, std::size_t at, std::vector<Symbol>& out) const;
    bool complete() const;

private:
    std::array<TokenId, 256> m_ids{};
};

// "<0x0A>" is '\n'; nothing for other texts.
std::optional<char> byteOfToken(std::string_view token);

} // namespace lens
