// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/token_stream.h"

namespace lens::jinja {

Token TokenStream::take()
{
    Token token = current();
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenStream::skipName(const char* name)
{
    const bool found = isName(name);
    if (found)
        take();
    return found;
}

bool TokenStream::skipOperator(const char* sign)
{
    const bool found = isOperator(sign);
    if (found)
        take();
    return found;
}

Token TokenStream::expect(Token::Type type, const char* shown)
{
    if (!is(type))
        unexpected(shown);
    return take();
}

void TokenStream::expectOperator(const char* sign)
{
    if (!skipOperator(sign))
        unexpected(sign);
}

void TokenStream::unexpected(const std::string& wanted) const
{
    if (is(Token::Type::End))
        throw SyntaxFailure("unexpected end of template, expected '" + wanted + "'", line());
    throw SyntaxFailure("expected '" + wanted + "', got '" + current().shown() + "'", line());
}

} // namespace lens::jinja
