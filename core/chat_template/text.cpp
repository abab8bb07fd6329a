// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/text.h"

namespace lens::jinja {

Text::Text(std::string bytes, std::vector<Mark> marks, bool safe, Budget* budget)
    : m_bytes(std::move(bytes))
    , m_marks(std::move(marks))
    , m_budget(budget)
    , m_safe(safe)
{
    if (m_budget)
        m_budget->take(cost());
}

Text::~Text()
{
    if (m_budget)
        m_budget->give(cost());
}

} // namespace lens::jinja
