// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Parses a whole template.
#pragma once

#include "core/chat_template/basic_statements.h"
#include "core/chat_template/expression_parser.h"
#include "core/chat_template/macro.h"

namespace lens::jinja {

class TemplateParser {
public:
    TemplateParser(std::vector<Token> tokens, Program& program);

    // Fills the program. Throws SyntaxFailure.
    void parse();

private:
    // Statements up to one of the end tags, whose name is the present token then; no end tags: to the end.
    Statements parseUntil(std::initializer_list<const char*> ends);
    // As above, behind the tag that opens them.
    Statements parseBody(std::initializer_list<const char*> ends);
    // The same for bodies that have variables of their own, and end with one tag.
    Statements parseScope(const char* end);
    StatementPtr parseStatement();
    StatementPtr parseFor();
    StatementPtr parseIf();
    StatementPtr parseSet();
    StatementPtr parseWith();
    StatementPtr parseBlock();
    StatementPtr parseAutoescape();
    StatementPtr parsePrint();
    StatementPtr parseMacro();
    StatementPtr parseCallBlock();
    StatementPtr parseFilterBlock();
    StatementPtr parseGeneration();
    StatementPtr parseFlow(const Token& tag);
    TargetPtr parseSetTarget();
    void parseSignature(MacroDefinition& macro);
    void parseMacroBody(MacroDefinition& macro, const char* end, int line);
    std::unique_ptr<const FilterExpression> asFilter(ExpressionPtr expression);
    [[noreturn]] void unknownTag(const Token& tag) const;

    Program& m_program;
    ParseState m_state;
    TokenStream& m_stream;
    ExpressionParser m_expressions;
    std::set<std::string> m_blocks;
    std::vector<std::string> m_openTags;
};

} // namespace lens::jinja
