// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/chat_template.h"

#include "core/base/error.h"

namespace lens {

struct ChatTemplate::Program {
    std::string where;
    bool hasGeneration = false;
};

ChatTemplate::ChatTemplate(std::shared_ptr<const Program> program) : m_program(std::move(program)) {}

ChatTemplate ChatTemplate::parse(std::string_view, const std::string& where)
{
    return ChatTemplate(std::make_shared<const Program>(Program{where, false}));
}

RenderedChat ChatTemplate::render(const Json&, const ChatOptions&) const
{
    throw Error("chat templates cannot be rendered yet", m_program->where);
}

bool ChatTemplate::hasGeneration() const
{
    return m_program->hasGeneration;
}

} // namespace lens
