// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/dict_view.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/printing.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {

std::string DictView::typeName() const
{
    return m_part == Part::Keys ? "dict_keys" : m_part == Part::Members ? "dict_values" : "dict_items";
}

Values DictView::values(Renderer& renderer) const
{
    Values all;
    all.reserve(m_dict->size());
    renderer.budget().step(m_dict->size());
    for (const auto& [key, value] : m_dict->entries()) {
        if (m_part == Part::Items)
            all.push_back(renderer.heap().tuple({key, value}));
        else
            all.push_back(m_part == Part::Keys ? key : value);
    }
    return all;
}

std::string DictView::repr(Renderer& renderer) const
{
    TextBuilder out(renderer.heap());
    reprTo(renderer, out, renderer.heap().list(values(renderer)));
    return typeName() + "(" + out.bytes() + ")";
}

std::optional<std::int64_t> DictView::length(Renderer&)
{
    return static_cast<std::int64_t>(m_dict->size());
}

std::unique_ptr<Cursor> DictView::iterate(Renderer& renderer)
{
    return std::make_unique<ValuesCursor>(values(renderer));
}

std::unique_ptr<Cursor> DictView::iterateBackwards(Renderer& renderer) const
{
    Values all = values(renderer);
    std::reverse(all.begin(), all.end());
    return std::make_unique<ValuesCursor>(std::move(all));
}

bool DictView::equals(const Object& other) const
{
    const auto* view = dynamic_cast<const DictView*>(&other);
    if (!view || view->m_part != m_part || m_part == Part::Members || view->m_dict->size() != m_dict->size())
        return this == &other;
    return std::all_of(m_dict->entries().begin(), m_dict->entries().end(), [&](const auto& entry) {
        const Value* there = view->m_dict->find(entry.first);
        return there && (m_part == Part::Keys || areEqual(*there, entry.second));
    });
}

int DictView::nesting() const
{
    return m_dict->nesting() + 1;
}

} // namespace lens::jinja
