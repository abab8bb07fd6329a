// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What stands behind a value: .name, [key], (arguments), |filter, is test.
#include "core/chat_template/expression_parser.h"

#include "core/chat_template/access_expressions.h"
#include "core/chat_template/operator_expressions.h"
#include "core/chat_template/primary_expressions.h"

#include <algorithm>

namespace lens::jinja {

using Type = Token::Type;

namespace {

constexpr int kMaxChain = 200; // each link lies in the next one

void countLink(ParseState& state, int& links)
{
    if (++links > kMaxChain)
        state.failHere("too many accesses, calls or filters in a row");
}

} // namespace

ExpressionPtr ExpressionParser::parsePostfix(ExpressionPtr value)
{
    for (int links = 0;; countLink(m_state, links)) {
        if (m_stream.isOperator(".") || m_stream.isOperator("["))
            value = parseSubscript(std::move(value));
        else if (m_stream.isOperator("("))
            value = parseCall(std::move(value));
        else
            return value;
    }
}

ExpressionPtr ExpressionParser::parseFiltersAndTests(ExpressionPtr value)
{
    for (int links = 0;; countLink(m_state, links)) {
        if (m_stream.isOperator("|"))
            value = parseFilters(std::move(value), false);
        else if (m_stream.isName("is"))
            value = parseTest(std::move(value));
        else if (m_stream.isOperator("("))
            value = parseCall(std::move(value));
        else
            return value;
    }
}

ExpressionPtr ExpressionParser::parseSubscript(ExpressionPtr value)
{
    const Token token = m_stream.take();
    if (token.isOperator("["))
        return parseBracket(std::move(value), token.line);
    const Token name = m_stream.take();
    if (name.type == Type::Name)
        return std::make_unique<AttributeExpression>(token.line, std::move(value), name.text);
    if (name.type != Type::Integer)
        throw SyntaxFailure("expected name or number", name.line);
    return std::make_unique<SubscriptExpression>(token.line, std::move(value),
                                                 std::make_unique<Constant>(name.line, Value(name.integer)));
}

// value[key], value[a, b], value[start:stop:step]. A slice beside other keys fits no container.
ExpressionPtr ExpressionParser::parseBracket(ExpressionPtr value, int line)
{
    const auto atEnd = [&] { return m_stream.isOperator("]") || m_stream.isOperator(","); };
    Expressions keys;
    ExpressionPtr bounds[3];
    bool isSlice = false;
    int count = 0;
    while (!m_stream.isOperator("]")) {
        if (count++ > 0)
            m_stream.expectOperator(",");
        ExpressionPtr key = m_stream.isOperator(":") ? nullptr : parse();
        if (!m_stream.isOperator(":")) {
            keys.push_back(std::move(key));
            continue;
        }
        isSlice = true;
        bounds[0] = std::move(key);
        for (int i = 1; i < 3 && m_stream.skipOperator(":"); ++i)
            bounds[i] = atEnd() || m_stream.isOperator(":") ? nullptr : parse();
    }
    m_stream.expectOperator("]");
    if (isSlice && count > 1)
        throw SyntaxFailure("a slice among several keys is not supported", line);
    if (isSlice)
        return std::make_unique<SliceExpression>(line, std::move(value), std::move(bounds[0]),
                                                 std::move(bounds[1]), std::move(bounds[2]));
    ExpressionPtr key = keys.size() == 1 ? std::move(keys[0])
                                         : std::make_unique<ItemsExpression>(line, std::move(keys), false);
    return std::make_unique<SubscriptExpression>(line, std::move(value), std::move(key));
}

ExpressionPtr ExpressionParser::parseCall(ExpressionPtr callee)
{
    const int line = m_stream.line();
    return std::make_unique<CallExpression>(line, std::move(callee), parseArguments());
}

ArgumentExpressions ExpressionParser::parseArguments()
{
    const int line = m_stream.line();
    m_stream.expectOperator("(");
    ArgumentExpressions arguments;
    bool first = true;
    while (!m_stream.isOperator(")")) {
        if (!first)
            m_stream.expectOperator(",");
        if (!first && m_stream.isOperator(")"))
            break;
        first = false;
        parseArgument(arguments, line);
    }
    m_stream.expectOperator(")");
    return arguments;
}

void ExpressionParser::parseArgument(ArgumentExpressions& arguments, int line)
{
    const auto ensure = [&](bool right) {
        if (!right)
            throw SyntaxFailure("invalid syntax for function call expression", line);
    };
    if (m_stream.skipOperator("*")) {
        ensure(!arguments.more && !arguments.moreNamed);
        arguments.more = parse();
    } else if (m_stream.skipOperator("**")) {
        ensure(!arguments.moreNamed);
        arguments.moreNamed = parse();
    } else if (m_stream.is(Type::Name) && m_stream.following().isOperator("=")) {
        ensure(!arguments.moreNamed);
        const std::string name = m_stream.take().text;
        m_stream.take();
        const auto same = [&](const auto& one) { return one.first == name; };
        if (std::any_of(arguments.named.begin(), arguments.named.end(), same))
            throw SyntaxFailure("keyword argument repeated: " + name, line);
        arguments.named.emplace_back(name, parse());
    } else {
        ensure(!arguments.more && !arguments.moreNamed && arguments.named.empty());
        arguments.positional.push_back(parse());
    }
}

std::string ExpressionParser::parseDottedName()
{
    std::string name = expectName().text;
    while (m_stream.skipOperator("."))
        name += "." + expectName().text;
    return name;
}

ExpressionPtr ExpressionParser::parseFilters(ExpressionPtr input, bool inBlock)
{
    int links = 0;
    while (inBlock || m_stream.isOperator("|")) {
        countLink(m_state, links);
        if (!inBlock)
            m_stream.take();
        inBlock = false;
        const int line = m_stream.line();
        const std::string name = parseDottedName();
        const Filter filter = filterNamed(name);
        if (!filter)
            m_state.noteUnknown("No filter named '" + name + "'.", line);
        ArgumentExpressions arguments;
        if (m_stream.isOperator("("))
            arguments = parseArguments();
        input =
            std::make_unique<FilterExpression>(line, std::move(input), name, filter, std::move(arguments));
    }
    return input;
}

ExpressionPtr ExpressionParser::parseTest(ExpressionPtr value)
{
    const int line = m_stream.take().line;
    const bool negated = m_stream.skipName("not");
    const std::string name = parseDottedName();
    const ValueTest test = testNamed(name);
    if (!test)
        m_state.noteUnknown("No test named '" + name + "'.", line);
    ArgumentExpressions arguments;
    const bool isValue = m_stream.is(Type::Name) || m_stream.is(Type::String) || m_stream.is(Type::Integer) ||
                         m_stream.is(Type::Float) || m_stream.isOperator("[") || m_stream.isOperator("{");
    if (m_stream.isOperator("(")) {
        arguments = parseArguments();
    } else if (isValue && !m_stream.isName("else") && !m_stream.isName("or") && !m_stream.isName("and")) {
        if (m_stream.isName("is"))
            m_state.failHere("You cannot chain multiple tests with is");
        arguments.positional.push_back(parsePostfix(parsePrimary()));
    }
    return std::make_unique<TestExpression>(line, std::move(value), name, test, negated,
                                            std::move(arguments));
}

} // namespace lens::jinja
