// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/substring.h"

#include <cstring>

namespace lens::jinja {

std::size_t findText(std::string_view text, std::string_view what, std::size_t from)
{
    if (from > text.size())
        return std::string_view::npos;
    if (what.empty())
        return from;
    const char* begin = text.data() + from;
    const void* found = memmem(begin, text.size() - from, what.data(), what.size()); // glibc's is linear
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
                 : std::string_view::npos;
}

BackwardSearch::BackwardSearch(std::string_view text, std::string_view what)
    : m_text(text.rbegin(), text.rend())
    , m_what(what.rbegin(), what.rend())
{
}

std::size_t BackwardSearch::findBefore(std::size_t end) const
{
    const std::size_t found = findText(m_text, m_what, m_text.size() - end);
    return found == std::string_view::npos ? found : m_text.size() - found - m_what.size();
}

} // namespace lens::jinja
