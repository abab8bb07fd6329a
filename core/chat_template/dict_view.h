// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What dict.keys(), .values() and .items() give.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

class DictView : public Object {
public:
    enum class Part { Keys, Members, Items };
    DictView(std::shared_ptr<const Dict> dict, Part part) : m_dict(std::move(dict)), m_part(part) {}

    std::string typeName() const override;
    std::string repr(Renderer& renderer) const override;
    std::optional<std::int64_t> length(Renderer& renderer) override;
    std::unique_ptr<Cursor> iterate(Renderer& renderer) override;
    std::unique_ptr<Cursor> iterateBackwards(Renderer& renderer) const;
    bool isHashable() const override { return m_part == Part::Members; }
    bool equals(const Object& other) const override;
    int nesting() const override;

private:
    Values values(Renderer& renderer) const;

    std::shared_ptr<const Dict> m_dict;
    Part m_part;
};

} // namespace lens::jinja
