// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a template does: the nodes between and around its texts. Immutable after parsing.
#pragma once

#include <memory>
#include <vector>

namespace lens::jinja {

class Renderer;

// How the statements of a loop's body ended.
enum class Flow { Normal, Break, Continue };

class Statement {
public:
    Statement() = default;
    virtual ~Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    virtual Flow run(Renderer& renderer) const = 0;
};

using StatementPtr = std::unique_ptr<const Statement>;
using Statements = std::vector<StatementPtr>;

// One after the other; stops at break and continue.
Flow runAll(Renderer& renderer, const Statements& statements);

} // namespace lens::jinja
