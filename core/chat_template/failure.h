// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What goes wrong inside a template while it is parsed or run. The kinds are Python's error classes, because
// filters and tests catch some of them; ChatTemplate turns a Failure into a lens::Error with its line.
#pragma once

#include <stdexcept>
#include <string>

namespace lens::jinja {

enum class FailureKind {
    Syntax,
    Type,
    Value,
    Lookup, // KeyError, IndexError
    Overflow,
    ZeroDivision,
    Undefined,
    Security,
    Runtime,
    Limit,  // one of this program's bounds
    Raised, // raise_exception
};

class Failure : public std::runtime_error {
public:
    Failure(FailureKind kind, const std::string& what) : std::runtime_error(what), m_kind(kind) {}
    FailureKind kind() const { return m_kind; }

private:
    FailureKind m_kind;
};

[[noreturn]] void fail(FailureKind kind, const std::string& what);
[[noreturn]] void typeError(const std::string& what);
[[noreturn]] void valueError(const std::string& what);
[[noreturn]] void overflow(const std::string& what);

} // namespace lens::jinja
