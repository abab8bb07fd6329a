// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/translate.h"

namespace lens {

std::string fillText(std::string text,
                     const std::initializer_list<std::pair<const char*, std::string>>& parts)
{
    for (const auto& [name, value] : parts) {
        const std::string mark = std::string("{") + name + "}";
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size())
            text.replace(at, mark.size(), value);
    }
    return text;
}

} // namespace lens
