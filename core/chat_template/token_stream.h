// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tokens one after the other, with what parsers ask of them.
#pragma once

#include "core/chat_template/lexer.h"

#include <initializer_list>

namespace lens::jinja {

class TokenStream {
public:
    explicit TokenStream(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    const Token& current() const { return m_tokens[m_at]; }
    const Token& following() const { return m_tokens[m_at + 1 < m_tokens.size() ? m_at + 1 : m_at]; }
    int line() const { return current().line; }
    bool is(Token::Type type) const { return current().type == type; }
    bool isName(const char* name) const { return current().isName(name); }
    bool isOperator(const char* sign) const { return current().isOperator(sign); }

    // The present token; the stream is moved on (but not beyond the end).
    Token take();
    bool skipName(const char* name);
    bool skipOperator(const char* sign);
    // Throw SyntaxFailure if it is another one.
    Token expect(Token::Type type, const char* shown);
    void expectOperator(const char* sign);

private:
    [[noreturn]] void unexpected(const std::string& wanted) const;

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
};

} // namespace lens::jinja
