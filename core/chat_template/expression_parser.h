// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Parses expressions, with jinja2's grammar.
#pragma once

#include "core/chat_template/arithmetic.h"
#include "core/chat_template/call_expressions.h"
#include "core/chat_template/parse_state.h"
#include "core/chat_template/target.h"

namespace lens::jinja {

class ExpressionParser {
public:
    explicit ExpressionParser(ParseState& state) : m_state(state), m_stream(state.stream) {}

    // conditional: whether "a if b else c" is allowed at the top.
    ExpressionPtr parse(bool conditional = true);
    // One expression, or several with commas as a tuple; ends before `end`, a name, if that is given.
    ExpressionPtr parseTuple(bool conditional = true, const char* end = nullptr);
    // |filter|filter on what is given (null in blocks). inBlock: the first filter has no bar before it.
    ExpressionPtr parseFilters(ExpressionPtr input, bool inBlock);
    // What a for assigns to, up to "in"; or a set.
    TargetPtr parseTarget(const char* end);
    Token expectName(const char* shown = "name");

private:
    ExpressionPtr parseConditional();
    ExpressionPtr parseLogic(bool isAnd);
    ExpressionPtr parseNot();
    ExpressionPtr parseComparison();
    ExpressionPtr parseSum();
    ExpressionPtr parseConcat();
    ExpressionPtr parseProduct();
    ExpressionPtr parsePower();
    ExpressionPtr parseUnary(bool filters);
    ExpressionPtr parsePrimary();
    ExpressionPtr parseNameOrConstant();
    ExpressionPtr parseStrings();
    ExpressionPtr parseTupleOf(bool primaries, bool conditional, const char* end, bool inParentheses);
    ExpressionPtr parseList();
    ExpressionPtr parseDict();
    ExpressionPtr parsePostfix(ExpressionPtr value);
    ExpressionPtr parseFiltersAndTests(ExpressionPtr value);
    ExpressionPtr parseSubscript(ExpressionPtr value);
    ExpressionPtr parseBracket(ExpressionPtr value, int line);
    ExpressionPtr parseCall(ExpressionPtr callee);
    ExpressionPtr parseTest(ExpressionPtr value);
    ArgumentExpressions parseArguments();
    void parseArgument(ArgumentExpressions& arguments, int line);
    std::string parseDottedName();
    bool atTupleEnd(const char* end) const;
    TargetPtr asTarget(const Expression& expression);
    Value constantText(const std::string& text) const;

    template <typename Next>
    ExpressionPtr parseChain(Next next, std::initializer_list<std::pair<const char*, Operator>> signs);

    ParseState& m_state;
    TokenStream& m_stream;
};

} // namespace lens::jinja
