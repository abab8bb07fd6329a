// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A token of a template.
#pragma once

#include <cstdint>
#include <string>

namespace lens::jinja {

struct Token {
    enum class Type {
        Data,
        VariableBegin,
        VariableEnd,
        BlockBegin,
        BlockEnd,
        Name,
        String,
        Integer,
        Float,
        Operator,
        End
    };
    Type type = Type::End;
    std::string text; // of names, operators, data; strings with their escapes resolved
    int line = 1;
    std::int64_t integer = 0;
    double number = 0;

    bool isName(const char* name) const { return type == Type::Name && text == name; }
    bool isOperator(const char* name) const { return type == Type::Operator && text == name; }
    // As messages name it.
    std::string shown() const;
};

} // namespace lens::jinja
