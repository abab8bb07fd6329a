// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/arguments.h"

#include "core/chat_template/failure.h"

#include <algorithm>

namespace lens::jinja {

std::optional<Value> Arguments::takeNamed(std::string_view name)
{
    const auto found =
        std::find_if(named.begin(), named.end(), [&](const auto& one) { return one.first == name; });
    if (found == named.end())
        return std::nullopt;
    Value value = std::move(found->second);
    named.erase(found);
    return value;
}

BoundArguments::BoundArguments(const char* function, const Arguments& arguments,
                               std::initializer_list<const char*> parameters, std::size_t positionalCount)
    : m_function(function)
    , m_values(parameters.size())
    , m_names(parameters)
{
    if (arguments.positional.size() > std::min(positionalCount, parameters.size()))
        typeError(std::string(function) + "() takes fewer positional arguments");
    for (std::size_t i = 0; i < arguments.positional.size(); ++i)
        m_values[i] = &arguments.positional[i];
    for (const auto& [name, value] : arguments.named) {
        const auto found = std::find_if(m_names.begin(), m_names.end(),
                                        [&, &wanted = name](const char* one) { return one == wanted; });
        if (found == m_names.end())
            typeError(std::string(function) + "() got an unexpected keyword argument '" + name + "'");
        const Value*& slot = m_values[static_cast<std::size_t>(found - m_names.begin())];
        if (slot)
            typeError(std::string(function) + "() got multiple values for argument '" + name + "'");
        slot = &value;
    }
}

const Value& BoundArguments::at(std::size_t index) const
{
    if (!m_values[index])
        typeError(std::string(m_function) + "() missing the argument '" + m_names[index] + "'");
    return *m_values[index];
}

const Value& BoundArguments::at(std::size_t index, const Value& fallback) const
{
    return m_values[index] ? *m_values[index] : fallback;
}

const Value* BoundArguments::given(std::size_t index) const
{
    return m_values[index] && !m_values[index]->isNone() ? m_values[index] : nullptr;
}

void expectPositional(const char* function, const Arguments& arguments, std::size_t least, std::size_t most)
{
    if (!arguments.named.empty())
        typeError(std::string(function) + "() takes no keyword arguments");
    const std::size_t count = arguments.positional.size();
    if (count < least || count > most)
        typeError(std::string(function) + "() was given " + std::to_string(count) + " arguments");
}

} // namespace lens::jinja
