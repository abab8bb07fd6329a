// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/template_parser.h"

#include "core/chat_template/for_statement.h"
#include "core/chat_template/primary_expressions.h"

#include <algorithm>
#include <array>

namespace lens::jinja {

using Type = Token::Type;

TemplateParser::TemplateParser(std::vector<Token> tokens, Program& program)
    : m_program(program)
    , m_state(std::move(tokens), program)
    , m_stream(m_state.stream)
    , m_expressions(m_state)
{
}

void TemplateParser::parse()
{
    m_program.statements = parseUntil({});
    m_state.refuseUnknown();
}

Statements TemplateParser::parseUntil(std::initializer_list<const char*> ends)
{
    const ParseDepth depth(m_state);
    Statements body;
    while (!m_stream.is(Type::End)) {
        if (m_stream.is(Type::Data)) {
            body.push_back(std::make_unique<TextStatement>(m_stream.take().text));
        } else if (m_stream.is(Type::VariableBegin)) {
            m_stream.take();
            Expressions values;
            values.push_back(m_expressions.parseTuple());
            body.push_back(std::make_unique<PrintStatement>(std::move(values)));
            m_stream.expect(Type::VariableEnd, "end of print statement");
        } else {
            m_stream.expect(Type::BlockBegin, "begin of statement block");
            const auto isEnd = [&](const char* end) { return m_stream.isName(end); };
            if (std::any_of(ends.begin(), ends.end(), isEnd))
                return body;
            body.push_back(parseStatement());
            m_stream.expect(Type::BlockEnd, "end of statement block");
        }
    }
    if (ends.size() > 0)
        m_state.failHere("Unexpected end of template: '" + std::string(*(ends.end() - 1)) +
                         "' is missing for '" + (m_openTags.empty() ? "" : m_openTags.back()) + "'");
    return body;
}

Statements TemplateParser::parseBody(std::initializer_list<const char*> ends)
{
    m_stream.skipOperator(":");
    m_stream.expect(Type::BlockEnd, "end of statement block");
    return parseUntil(ends);
}

Statements TemplateParser::parseScope(const char* end)
{
    const Setting<bool> hard(m_state.soft, false);
    Statements body = parseBody({end});
    m_stream.take();
    return body;
}

void TemplateParser::unknownTag(const Token& tag) const
{
    constexpr std::array<const char*, 4> kOtherFiles{"include", "import", "extends", "from"};
    const bool other =
        std::any_of(kOtherFiles.begin(), kOtherFiles.end(), [&](const char* n) { return tag.text == n; });
    if (other)
        throw SyntaxFailure("'" + tag.text + "' asks for another file, which a chat template may not",
                            tag.line);
    std::string what = "Encountered unknown tag '" + tag.text + "'.";
    if (!m_openTags.empty())
        what += " The innermost block that needs to be closed is '" + m_openTags.back() + "'.";
    throw SyntaxFailure(what, tag.line);
}

StatementPtr TemplateParser::parseStatement()
{
    using Parse = StatementPtr (TemplateParser::*)();
    constexpr std::array<std::pair<const char*, Parse>, 11> kTags{
        {{"for", &TemplateParser::parseFor},
         {"if", &TemplateParser::parseIf},
         {"set", &TemplateParser::parseSet},
         {"with", &TemplateParser::parseWith},
         {"block", &TemplateParser::parseBlock},
         {"autoescape", &TemplateParser::parseAutoescape},
         {"print", &TemplateParser::parsePrint},
         {"macro", &TemplateParser::parseMacro},
         {"call", &TemplateParser::parseCallBlock},
         {"filter", &TemplateParser::parseFilterBlock},
         {"generation", &TemplateParser::parseGeneration}}};
    if (!m_stream.is(Type::Name))
        m_state.failHere("tag name expected");
    const Token tag = m_stream.current();
    const auto found =
        std::find_if(kTags.begin(), kTags.end(), [&](const auto& one) { return tag.text == one.first; });
    if (found != kTags.end()) {
        m_stream.take();
        m_openTags.push_back(tag.text);
        StatementPtr statement = (this->*found->second)();
        m_openTags.pop_back();
        return statement;
    }
    if (tag.text == "break" || tag.text == "continue")
        return parseFlow(m_stream.take());
    unknownTag(tag);
}

StatementPtr TemplateParser::parseFor()
{
    ForStatement::Parts parts;
    parts.line = m_stream.line();
    parts.loopSymbol = m_state.symbolOf("loop");
    {
        const Setting<int> target(m_state.loopTargets, m_state.loopTargets + 1);
        parts.target = m_expressions.parseTarget("in");
    }
    if (!m_stream.skipName("in"))
        m_state.failHere("expected 'in', got '" + m_stream.current().shown() + "'");
    parts.over = m_expressions.parseTuple(false, "recursive");
    const Setting<bool> hard(m_state.soft, false);
    const Setting<int> targets(m_state.loopTargets, m_state.loopTargets + 1);
    if (m_stream.skipName("if"))
        parts.test = m_expressions.parse();
    parts.recursive = m_stream.skipName("recursive");
    const int outside = parts.recursive ? 0 : m_state.loopsAround;
    {
        const Setting<int> loops(m_state.loopsAround, outside + 1);
        m_state.watches.push_back({{"loop"}, {}});
        parts.body = parseBody({"endfor", "else"});
        parts.usesLoop = m_state.watches.back().seen.contains("loop");
        m_state.watches.pop_back();
    }
    if (m_stream.take().text == "else") {
        const Setting<int> loops(m_state.loopsAround, outside);
        parts.otherwise = parseBody({"endfor"});
        m_stream.take();
    }
    return std::make_unique<ForStatement>(std::move(parts));
}

StatementPtr TemplateParser::parseIf()
{
    const Setting<bool> soft(m_state.soft, true);
    std::vector<IfStatement::Branch> branches;
    Statements otherwise;
    while (true) {
        IfStatement::Branch branch;
        branch.test = m_expressions.parseTuple(false);
        branch.body = parseBody({"elif", "else", "endif"});
        branches.push_back(std::move(branch));
        const Token token = m_stream.take();
        if (token.text == "elif")
            continue;
        if (token.text == "else") {
            otherwise = parseBody({"endif"});
            m_stream.take();
        }
        return std::make_unique<IfStatement>(std::move(branches), std::move(otherwise));
    }
}

TargetPtr TemplateParser::parseSetTarget()
{
    if (!m_stream.following().isOperator("."))
        return m_expressions.parseTarget(nullptr);
    const Token owner = m_expressions.expectName();
    m_stream.take();
    const Token field = m_expressions.expectName();
    return std::make_unique<FieldTarget>(m_state.symbolOf(owner.text), field.text);
}

std::unique_ptr<const FilterExpression> TemplateParser::asFilter(ExpressionPtr expression)
{
    return std::unique_ptr<const FilterExpression>(
        dynamic_cast<const FilterExpression*>(expression.release()));
}

StatementPtr TemplateParser::parseSet()
{
    TargetPtr target = parseSetTarget();
    if (m_stream.skipOperator("="))
        return std::make_unique<SetStatement>(std::move(target), m_expressions.parseTuple());
    std::unique_ptr<const FilterExpression> filter = asFilter(m_expressions.parseFilters(nullptr, false));
    return std::make_unique<SetBlockStatement>(std::move(target), std::move(filter), parseScope("endset"));
}

StatementPtr TemplateParser::parseWith()
{
    std::vector<TargetPtr> targets;
    Expressions values;
    while (!m_stream.is(Type::BlockEnd)) {
        if (!targets.empty())
            m_stream.expectOperator(",");
        const Setting<int> any(m_state.loopTargets, 0);
        targets.push_back(m_expressions.parseTarget(nullptr));
        m_stream.expectOperator("=");
        values.push_back(m_expressions.parse());
    }
    return std::make_unique<WithStatement>(std::move(targets), std::move(values), parseScope("endwith"));
}

StatementPtr TemplateParser::parseBlock()
{
    const Token name = m_expressions.expectName();
    const bool scoped = m_stream.skipName("scoped");
    if (m_stream.isName("required"))
        m_state.failHere("a required block needs another file, which a chat template may not have");
    if (!m_blocks.insert(name.text).second)
        throw SyntaxFailure("block '" + name.text + "' defined twice", name.line);
    const Setting<int> loops(m_state.loopsAround, 0);
    Statements body = parseScope("endblock");
    m_stream.skipName(name.text.c_str());
    return std::make_unique<BlockStatement>(scoped, std::move(body));
}

StatementPtr TemplateParser::parseAutoescape()
{
    const int line = m_stream.line();
    const ExpressionPtr value = m_expressions.parse();
    const auto* constant = dynamic_cast<const Constant*>(value.get());
    if (!constant || !constant->value().isBool() || constant->value().asBool())
        throw SyntaxFailure("autoescape is not supported: only 'autoescape false'", line);
    return std::make_unique<WithStatement>(std::vector<TargetPtr>(), Expressions(),
                                           parseScope("endautoescape"));
}

StatementPtr TemplateParser::parsePrint()
{
    Expressions values;
    while (!m_stream.is(Type::BlockEnd)) {
        if (!values.empty())
            m_stream.expectOperator(",");
        values.push_back(m_expressions.parse());
    }
    return std::make_unique<PrintStatement>(std::move(values));
}

void TemplateParser::parseSignature(MacroDefinition& macro)
{
    m_stream.expectOperator("(");
    while (!m_stream.isOperator(")")) {
        if (!macro.parameters.empty())
            m_stream.expectOperator(",");
        const Token name = m_expressions.expectName();
        if (macro.hasParameter(name.text))
            throw SyntaxFailure("duplicate argument '" + name.text + "'", name.line);
        const Setting<int> any(m_state.loopTargets, 0);
        m_state.noteStore(name.text, name.line);
        macro.parameters.emplace_back(m_state.symbolOf(name.text), name.text);
        if (m_stream.skipOperator("="))
            macro.defaults.push_back(m_expressions.parse());
        else if (!macro.defaults.empty())
            throw SyntaxFailure("non-default argument follows default argument", name.line);
    }
    m_stream.expectOperator(")");
}

void TemplateParser::parseMacroBody(MacroDefinition& macro, const char* end, int line)
{
    const Setting<int> loops(m_state.loopsAround, 0);
    macro.callerSymbol = m_state.symbolOf("caller");
    macro.kwargsSymbol = m_state.symbolOf("kwargs");
    macro.varargsSymbol = m_state.symbolOf("varargs");
    m_state.watches.push_back({{"caller", "kwargs", "varargs"}, {}});
    macro.body = parseScope(end);
    const auto seen = std::move(m_state.watches.back().seen);
    m_state.watches.pop_back();
    macro.usesCaller = seen.contains("caller");
    macro.usesKwargs = seen.contains("kwargs") && !macro.hasParameter("kwargs");
    macro.usesVarargs = seen.contains("varargs") && !macro.hasParameter("varargs");
    const std::size_t withoutDefault = macro.parameters.size() - macro.defaults.size();
    for (std::size_t i = 0; macro.usesCaller && i < withoutDefault; ++i) {
        if (macro.parameters[i].second == "caller")
            throw SyntaxFailure("the special \"caller\" argument must be omitted or be given a default",
                                line);
    }
}

StatementPtr TemplateParser::parseMacro()
{
    MacroDefinition macro;
    const Token name = m_expressions.expectName();
    macro.name = name.text;
    m_state.noteStore(name.text, name.line);
    const Symbol symbol = m_state.symbolOf(name.text);
    parseSignature(macro);
    parseMacroBody(macro, "endmacro", name.line);
    return std::make_unique<MacroStatement>(symbol, std::move(macro));
}

StatementPtr TemplateParser::parseCallBlock()
{
    const int line = m_stream.line();
    MacroDefinition body;
    if (m_stream.isOperator("("))
        parseSignature(body);
    ExpressionPtr call = m_expressions.parse();
    if (!dynamic_cast<const CallExpression*>(call.get()))
        throw SyntaxFailure("expected call", line);
    std::unique_ptr<const CallExpression> made(static_cast<const CallExpression*>(call.release()));
    parseMacroBody(body, "endcall", line);
    return std::make_unique<CallBlockStatement>(std::move(made), std::move(body));
}

StatementPtr TemplateParser::parseFilterBlock()
{
    std::unique_ptr<const FilterExpression> filter = asFilter(m_expressions.parseFilters(nullptr, true));
    return std::make_unique<FilterBlockStatement>(std::move(filter), parseScope("endfilter"));
}

StatementPtr TemplateParser::parseGeneration()
{
    m_program.hasGeneration = true;
    MacroDefinition body;
    parseMacroBody(body, "endgeneration", m_stream.line());
    return std::make_unique<GenerationStatement>(std::move(body));
}

StatementPtr TemplateParser::parseFlow(const Token& tag)
{
    if (m_state.loopsAround == 0)
        throw SyntaxFailure("'" + tag.text + "' outside loop", tag.line);
    return std::make_unique<FlowStatement>(tag.text == "break" ? Flow::Break : Flow::Continue);
}

} // namespace lens::jinja
