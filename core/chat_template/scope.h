// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Variables of one level: the template, a loop's turn, a macro's call, a block.
#pragma once

#include "core/chat_template/value.h"

#include <utility>

namespace lens::jinja {

// A name of the template, as its number in the template's list of names.
using Symbol = int;

class Scope {
public:
    Scope* parent = nullptr;
    // A macro made here may be called after this level ended: its variables are kept.
    bool captured = false;

    const Value* find(Symbol symbol) const
    {
        for (const auto& [name, value] : m_variables) {
            if (name == symbol)
                return &value;
        }
        return nullptr;
    }
    void set(Symbol symbol, Value value)
    {
        for (auto& [name, there] : m_variables) {
            if (name == symbol) {
                there = std::move(value);
                return;
            }
        }
        m_variables.emplace_back(symbol, std::move(value));
    }
    void clear() { m_variables.clear(); }

private:
    std::vector<std::pair<Symbol, Value>> m_variables;
};

} // namespace lens::jinja
