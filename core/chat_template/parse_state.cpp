// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/parse_state.h"

namespace lens::jinja {

Symbol ParseState::symbolOf(const std::string& name)
{
    const auto [found, isNew] = m_symbols.emplace(name, static_cast<Symbol>(m_program.names.size()));
    if (isNew)
        m_program.names.push_back(name);
    return found->second;
}

void ParseState::noteLoad(const std::string& name)
{
    for (NameWatch& watch : watches) {
        if (watch.watched.contains(name))
            watch.seen.insert(name);
    }
}

void ParseState::noteStore(const std::string& name, int line)
{
    if (name == "loop" && loopTargets > 0)
        throw SyntaxFailure("Can't assign to special loop variable in for-loop target", line);
    for (NameWatch& watch : watches)
        watch.watched.erase(name);
}

void ParseState::noteUnknown(const std::string& what, int line)
{
    m_unknown.push_back({what, line, soft});
}

void ParseState::softenUnknownFrom(std::size_t index)
{
    for (; index < m_unknown.size(); ++index)
        m_unknown[index].soft = true;
}

void ParseState::refuseUnknown() const
{
    for (const Unknown& one : m_unknown) {
        if (!one.soft)
            throw SyntaxFailure(one.what, one.line);
    }
}

} // namespace lens::jinja
