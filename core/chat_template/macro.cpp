// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/macro.h"

#include "core/chat_template/failure.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {

bool MacroDefinition::hasParameter(std::string_view parameter) const
{
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& one) { return one.second == parameter; });
}

std::string Macro::repr(Renderer& renderer) const
{
    if (m_definition.name.empty())
        return "<Macro anonymous>";
    return "<Macro " + shownRepr(renderer, renderer.heap().text(m_definition.name)) + ">";
}

std::optional<Value> Macro::attribute(Renderer& renderer, std::string_view name)
{
    if (name == "name")
        return m_definition.name.empty() ? Value() : renderer.heap().text(m_definition.name);
    if (name == "arguments") {
        Values names;
        for (const auto& parameter : m_definition.parameters)
            names.push_back(renderer.heap().text(parameter.second));
        return renderer.heap().tuple(std::move(names));
    }
    if (name == "catch_kwargs")
        return Value(m_definition.usesKwargs);
    if (name == "catch_varargs")
        return Value(m_definition.usesVarargs);
    if (name == "caller")
        return Value(m_definition.usesCaller);
    if (name == "explicit_caller")
        return Value(m_definition.hasParameter("caller"));
    return std::nullopt;
}

// The order of steps is that of jinja2's Macro.__call__.
std::vector<std::optional<Value>> Macro::bind(Renderer& renderer, Arguments& arguments) const
{
    const std::size_t count = m_definition.parameters.size();
    std::vector<std::optional<Value>> given;
    const std::size_t byPosition = std::min(arguments.positional.size(), count);
    for (std::size_t i = 0; i < byPosition; ++i)
        given.emplace_back(arguments.positional[i]);
    bool foundCaller = byPosition == count && m_definition.hasParameter("caller");
    for (std::size_t i = byPosition; i < count; ++i) {
        const std::string& name = m_definition.parameters[i].second;
        given.push_back(arguments.takeNamed(name));
        foundCaller = foundCaller || name == "caller";
    }
    bindSpecial(renderer, arguments, foundCaller);
    return given;
}

void Macro::bindSpecial(Renderer& renderer, Arguments& arguments, bool foundCaller) const
{
    Scope& scope = renderer.scope();
    if (m_definition.usesCaller && !foundCaller) {
        const std::optional<Value> caller = arguments.takeNamed("caller");
        const bool some = caller && !caller->isNone();
        scope.set(m_definition.callerSymbol, some ? *caller : Value::undefined("No caller defined"));
    }
    if (m_definition.usesKwargs) {
        const std::shared_ptr<Dict> rest = renderer.heap().dict();
        for (auto& [name, value] : arguments.named)
            rest->set(renderer.heap().text(name), value);
        scope.set(m_definition.kwargsSymbol, Value(std::shared_ptr<const Dict>(rest)));
    } else if (!arguments.named.empty()) {
        typeError("macro '" + m_definition.name + "' takes no keyword argument '" + arguments.named[0].first +
                  "'");
    }
    const std::size_t count = m_definition.parameters.size();
    if (m_definition.usesVarargs) {
        const std::size_t used = std::min(count, arguments.positional.size());
        Values rest(arguments.positional.begin() + static_cast<std::ptrdiff_t>(used),
                    arguments.positional.end());
        scope.set(m_definition.varargsSymbol, renderer.heap().tuple(std::move(rest)));
    } else if (arguments.positional.size() > count) {
        typeError("macro '" + m_definition.name + "' takes not more than " + std::to_string(count) +
                  " argument(s)");
    }
}

void Macro::setParameters(Renderer& renderer, const std::vector<std::optional<Value>>& given) const
{
    const auto& parameters = m_definition.parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& [symbol, name] = parameters[i];
        renderer.scope().set(symbol, given[i] ? *given[i] : Value::undefined("'" + name + "' is undefined"));
    }
    const std::size_t firstDefault = parameters.size() - m_definition.defaults.size();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (given[i])
            continue;
        const auto& [symbol, name] = parameters[i];
        renderer.scope().set(symbol, i < firstDefault
                                         ? Value::undefined("parameter '" + name + "' was not provided")
                                         : renderer.evaluate(*m_definition.defaults[i - firstDefault]));
    }
}

Value Macro::call(Renderer& renderer, Arguments& arguments)
{
    OutputGuard output(renderer);
    const ScopeGuard scope(renderer, m_scope);
    setParameters(renderer, bind(renderer, arguments));
    runAll(renderer, m_definition.body);
    return output.take();
}

void Macro::runInPlace(Renderer& renderer) const
{
    const ScopeGuard scope(renderer, m_scope);
    Arguments none;
    bindSpecial(renderer, none, false);
    runAll(renderer, m_definition.body);
}

void captureScopes(Scope& scope)
{
    for (Scope* one = &scope; one && !one->captured; one = one->parent)
        one->captured = true;
}

Flow MacroStatement::run(Renderer& renderer) const
{
    captureScopes(renderer.scope());
    renderer.scope().set(m_symbol, Value(std::static_pointer_cast<Object>(
                                       std::make_shared<Macro>(m_definition, &renderer.scope()))));
    return Flow::Normal;
}

Flow CallBlockStatement::run(Renderer& renderer) const
{
    captureScopes(renderer.scope());
    const std::shared_ptr<Object> body = std::make_shared<Macro>(m_body, &renderer.scope());
    renderer.setLine(m_call->line());
    printTo(renderer, renderer.out(), m_call->evaluateWith(renderer, "caller", Value(body)));
    return Flow::Normal;
}

Flow GenerationStatement::run(Renderer& renderer) const
{
    TextBuilder& out = renderer.out();
    const std::size_t begin = out.size();
    Macro(m_body, &renderer.scope()).runInPlace(renderer);
    out.addMark({begin, out.size(), kGeneration});
    return Flow::Normal;
}

} // namespace lens::jinja
