// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What can be assigned to: a name, a field of a namespace, a tuple of such.
#pragma once

#include "core/chat_template/scope.h"

#include <memory>
#include <string>

namespace lens::jinja {

class Renderer;

class Target {
public:
    Target() = default;
    virtual ~Target() = default;
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    virtual void assign(Renderer& renderer, const Value& value) const = 0;
    // What reading the target gives right after the assignment.
    virtual Value readBack(Renderer& renderer) const = 0;
};

using TargetPtr = std::unique_ptr<const Target>;

class NameTarget : public Target {
public:
    explicit NameTarget(Symbol symbol) : m_symbol(symbol) {}
    void assign(Renderer& renderer, const Value& value) const override;
    Value readBack(Renderer& renderer) const override;

private:
    Symbol m_symbol;
};

class FieldTarget : public Target {
public:
    FieldTarget(Symbol symbol, std::string field) : m_symbol(symbol), m_field(std::move(field)) {}
    void assign(Renderer& renderer, const Value& value) const override;
    Value readBack(Renderer& renderer) const override;

private:
    Symbol m_symbol;
    std::string m_field;
};

class TupleTarget : public Target {
public:
    explicit TupleTarget(std::vector<TargetPtr> parts) : m_parts(std::move(parts)) {}
    void assign(Renderer& renderer, const Value& value) const override;
    Value readBack(Renderer& renderer) const override;

private:
    std::vector<TargetPtr> m_parts;
};

} // namespace lens::jinja
