// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// namespace(): the one thing whose fields a template may change ({% set ns.field = … %}).
#pragma once

#include "core/chat_template/containers.h"
#include "core/chat_template/object.h"

namespace lens::jinja {

class Namespace : public Object {
public:
    explicit Namespace(std::shared_ptr<Dict> fields) : m_fields(std::move(fields)) {}

    Dict& fields() { return *m_fields; }

    std::string typeName() const override { return "Namespace"; }
    std::string repr(Renderer& renderer) const override;
    std::optional<Value> attribute(Renderer& renderer, std::string_view name) override;

private:
    std::shared_ptr<Dict> m_fields;
};

} // namespace lens::jinja
