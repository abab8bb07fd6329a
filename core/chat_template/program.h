// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A parsed template.
#pragma once

#include "core/chat_template/statement.h"

#include <string>
#include <vector>

namespace lens::jinja {

struct Program {
    std::vector<std::string> names; // by symbol
    Statements statements;
    std::size_t sourceBytes = 0;
    bool hasGeneration = false;
};

} // namespace lens::jinja
