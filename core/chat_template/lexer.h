// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Cuts a template into tokens: jinja2's lexer with trim_blocks and lstrip_blocks on, line statements off, and
// the last newline dropped.
#pragma once

#include "core/chat_template/token.h"

#include <string_view>
#include <vector>

namespace lens::jinja {

// A syntax error with its line.
class SyntaxFailure : public std::exception {
public:
    SyntaxFailure(std::string what, int line) : m_what(std::move(what)), m_line(line) {}
    const char* what() const noexcept override { return m_what.c_str(); }
    int line() const { return m_line; }

private:
    std::string m_what;
    int m_line;
};

// Ends with a token End. Throws SyntaxFailure.
std::vector<Token> tokensOf(std::string_view source);

} // namespace lens::jinja
