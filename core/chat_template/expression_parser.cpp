// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/expression_parser.h"

#include "core/chat_template/access_expressions.h"
#include "core/chat_template/operator_expressions.h"
#include "core/chat_template/primary_expressions.h"

#include <array>

namespace lens::jinja {

using Type = Token::Type;

ExpressionPtr ExpressionParser::parse(bool conditional)
{
    const ParseDepth depth(m_state);
    return conditional ? parseConditional() : parseLogic(false);
}

ExpressionPtr ExpressionParser::parseTuple(bool conditional, const char* end)
{
    return parseTupleOf(false, conditional, end, false);
}

ExpressionPtr ExpressionParser::parseConditional()
{
    const std::size_t unknown = m_state.unknownCount();
    int line = m_stream.line();
    ExpressionPtr value = parseLogic(false);
    int chained = 0;
    while (m_stream.skipName("if")) {
        if (++chained > 50)
            m_state.failHere("too many conditions in one expression");
        ExpressionPtr test = parseLogic(false);
        ExpressionPtr otherwise;
        if (m_stream.skipName("else")) {
            const ParseDepth depth(m_state);
            otherwise = parseConditional();
        }
        value = std::make_unique<ConditionalExpression>(line, std::move(test), std::move(value),
                                                        std::move(otherwise));
        m_state.softenUnknownFrom(unknown);
        line = m_stream.line();
    }
    return value;
}

ExpressionPtr ExpressionParser::parseLogic(bool isAnd)
{
    const int line = m_stream.line();
    const auto next = [&] { return isAnd ? parseNot() : parseLogic(true); };
    ExpressionPtr first = next();
    const char* word = isAnd ? "and" : "or";
    if (!m_stream.isName(word))
        return first;
    Expressions operands;
    operands.push_back(std::move(first));
    while (m_stream.skipName(word))
        operands.push_back(next());
    return std::make_unique<LogicExpression>(line, isAnd, std::move(operands));
}

ExpressionPtr ExpressionParser::parseNot()
{
    if (!m_stream.isName("not"))
        return parseComparison();
    const ParseDepth depth(m_state);
    const int line = m_stream.take().line;
    return std::make_unique<UnaryExpression>(line, UnaryExpression::Kind::Not, parseNot());
}

ExpressionPtr ExpressionParser::parseComparison()
{
    using Comparison = CompareExpression::Comparison;
    constexpr std::array<std::pair<const char*, Comparison>, 6> kSigns{{{"==", Comparison::Equal},
                                                                        {"!=", Comparison::NotEqual},
                                                                        {"<=", Comparison::LessEqual},
                                                                        {">=", Comparison::GreaterEqual},
                                                                        {"<", Comparison::Less},
                                                                        {">", Comparison::Greater}}};
    const int line = m_stream.line();
    ExpressionPtr first = parseSum();
    std::vector<CompareExpression::Step> steps;
    const auto takeSign = [&]() -> std::optional<Comparison> {
        for (const auto& [sign, comparison] : kSigns) {
            if (m_stream.skipOperator(sign))
                return comparison;
        }
        if (m_stream.skipName("in"))
            return Comparison::In;
        if (!m_stream.isName("not") || !m_stream.following().isName("in"))
            return std::nullopt;
        m_stream.take();
        m_stream.take();
        return Comparison::NotIn;
    };
    while (const std::optional<Comparison> comparison = takeSign())
        steps.push_back({*comparison, parseSum()});
    if (steps.empty())
        return first;
    return std::make_unique<CompareExpression>(line, std::move(first), std::move(steps));
}

template <typename Next>
ExpressionPtr ExpressionParser::parseChain(Next next,
                                           std::initializer_list<std::pair<const char*, Operator>> signs)
{
    const int line = m_stream.line();
    ExpressionPtr first = (this->*next)();
    std::vector<ArithmeticExpression::Step> steps;
    const auto takeSign = [&]() -> std::optional<Operator> {
        for (const auto& [sign, op] : signs) {
            if (m_stream.skipOperator(sign))
                return op;
        }
        return std::nullopt;
    };
    int signLine = m_stream.line();
    while (const std::optional<Operator> op = takeSign()) {
        steps.push_back({*op, (this->*next)(), signLine});
        signLine = m_stream.line();
    }
    if (steps.empty())
        return first;
    return std::make_unique<ArithmeticExpression>(line, std::move(first), std::move(steps));
}

ExpressionPtr ExpressionParser::parseSum()
{
    return parseChain(&ExpressionParser::parseConcat, {{"+", Operator::Add}, {"-", Operator::Subtract}});
}

ExpressionPtr ExpressionParser::parseConcat()
{
    const int line = m_stream.line();
    ExpressionPtr first = parseProduct();
    if (!m_stream.isOperator("~"))
        return first;
    Expressions parts;
    parts.push_back(std::move(first));
    while (m_stream.skipOperator("~"))
        parts.push_back(parseProduct());
    return std::make_unique<ConcatExpression>(line, std::move(parts));
}

ExpressionPtr ExpressionParser::parseProduct()
{
    return parseChain(&ExpressionParser::parsePower, {{"*", Operator::Multiply},
                                                      {"/", Operator::Divide},
                                                      {"//", Operator::FloorDivide},
                                                      {"%", Operator::Modulo}});
}

ExpressionPtr ExpressionParser::parsePower()
{
    const int line = m_stream.line();
    ExpressionPtr first = parseUnary(true);
    std::vector<ArithmeticExpression::Step> steps;
    for (int signLine = m_stream.line(); m_stream.skipOperator("**"); signLine = m_stream.line())
        steps.push_back({Operator::Power, parseUnary(true), signLine});
    if (steps.empty())
        return first;
    return std::make_unique<ArithmeticExpression>(line, std::move(first), std::move(steps));
}

ExpressionPtr ExpressionParser::parseUnary(bool filters)
{
    const ParseDepth depth(m_state);
    const int line = m_stream.line();
    ExpressionPtr value;
    if (m_stream.skipOperator("-"))
        value = std::make_unique<UnaryExpression>(line, UnaryExpression::Kind::Negate, parseUnary(false));
    else if (m_stream.skipOperator("+"))
        value = std::make_unique<UnaryExpression>(line, UnaryExpression::Kind::Affirm, parseUnary(false));
    else
        value = parsePrimary();
    value = parsePostfix(std::move(value));
    return filters ? parseFiltersAndTests(std::move(value)) : std::move(value);
}

ExpressionPtr ExpressionParser::parsePrimary()
{
    const Token& token = m_stream.current();
    const int line = token.line;
    switch (token.type) {
    case Type::Name:
        return parseNameOrConstant();
    case Type::String:
        return parseStrings();
    case Type::Integer:
        return std::make_unique<Constant>(line, Value(m_stream.take().integer));
    case Type::Float:
        return std::make_unique<Constant>(line, Value(m_stream.take().number));
    default:
        break;
    }
    if (m_stream.skipOperator("(")) {
        ExpressionPtr value = parseTupleOf(false, true, nullptr, true);
        m_stream.expectOperator(")");
        return value;
    }
    if (token.isOperator("["))
        return parseList();
    if (token.isOperator("{"))
        return parseDict();
    m_state.failHere("unexpected '" + token.shown() + "'");
}

ExpressionPtr ExpressionParser::parseNameOrConstant()
{
    const Token token = m_stream.take();
    const std::string& name = token.text;
    if (name == "true" || name == "True" || name == "false" || name == "False")
        return std::make_unique<Constant>(token.line, Value(name == "true" || name == "True"));
    if (name == "none" || name == "None")
        return std::make_unique<Constant>(token.line, Value());
    m_state.noteLoad(name);
    return std::make_unique<NameExpression>(token.line, m_state.symbolOf(name));
}

Value ExpressionParser::constantText(const std::string& text) const
{
    return Value(std::make_shared<const Text>(text, std::vector<Mark>(), false, nullptr));
}

ExpressionPtr ExpressionParser::parseStrings()
{
    const int line = m_stream.line();
    std::string text;
    while (m_stream.is(Type::String))
        text += m_stream.take().text;
    return std::make_unique<Constant>(line, constantText(text));
}

bool ExpressionParser::atTupleEnd(const char* end) const
{
    return m_stream.is(Type::VariableEnd) || m_stream.is(Type::BlockEnd) || m_stream.isOperator(")") ||
           (end && m_stream.isName(end));
}

ExpressionPtr ExpressionParser::parseTupleOf(bool primaries, bool conditional, const char* end,
                                             bool inParentheses)
{
    const ParseDepth depth(m_state);
    const int line = m_stream.line();
    Expressions items;
    bool isTuple = false;
    while (true) {
        if (!items.empty())
            m_stream.expectOperator(",");
        if (atTupleEnd(end))
            break;
        items.push_back(primaries ? parsePrimary() : parse(conditional));
        if (!m_stream.isOperator(","))
            break;
        isTuple = true;
    }
    if (!isTuple && !items.empty())
        return std::move(items[0]);
    if (!isTuple && !inParentheses)
        m_state.failHere("Expected an expression, got '" + m_stream.current().shown() + "'");
    return std::make_unique<ItemsExpression>(line, std::move(items), false);
}

ExpressionPtr ExpressionParser::parseList()
{
    const int line = m_stream.take().line;
    Expressions items;
    while (!m_stream.isOperator("]")) {
        if (!items.empty())
            m_stream.expectOperator(",");
        if (m_stream.isOperator("]"))
            break;
        items.push_back(parse());
    }
    m_stream.expectOperator("]");
    return std::make_unique<ItemsExpression>(line, std::move(items), true);
}

ExpressionPtr ExpressionParser::parseDict()
{
    const int line = m_stream.take().line;
    Expressions keys;
    Expressions values;
    while (!m_stream.isOperator("}")) {
        if (!keys.empty())
            m_stream.expectOperator(",");
        if (m_stream.isOperator("}"))
            break;
        keys.push_back(parse());
        m_stream.expectOperator(":");
        values.push_back(parse());
    }
    m_stream.expectOperator("}");
    return std::make_unique<DictExpression>(line, std::move(keys), std::move(values));
}

TargetPtr ExpressionParser::parseTarget(const char* end)
{
    // Filters and operators do not belong into a target: primaries only.
    const ExpressionPtr target = parseTupleOf(true, true, end, false);
    return asTarget(*target);
}

TargetPtr ExpressionParser::asTarget(const Expression& expression)
{
    if (const auto* name = dynamic_cast<const NameExpression*>(&expression)) {
        m_state.noteStore(m_state.nameOf(name->symbol()), expression.line());
        return std::make_unique<NameTarget>(name->symbol());
    }
    const auto* items = dynamic_cast<const ItemsExpression*>(&expression);
    if (!items || !items->isTuple())
        throw SyntaxFailure("can't assign to a literal", expression.line());
    std::vector<TargetPtr> parts;
    for (const ExpressionPtr& item : items->items())
        parts.push_back(asTarget(*item));
    return std::make_unique<TupleTarget>(std::move(parts));
}

Token ExpressionParser::expectName(const char* shown)
{
    return m_stream.expect(Type::Name, shown);
}

} // namespace lens::jinja
