// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/json_tree.h"

#include "core/base/error.h"

namespace lens {
namespace {

constexpr std::size_t kFewMembers = 16; // found by looking at each

} // namespace

Json* JsonTree::put(Json value)
{
    if (m_levels.empty()) {
        m_root = std::move(value);
        return &m_root;
    }
    Level& level = m_levels.back();
    if (level.value->is_object())
        return member(level, std::move(value));
    level.value->push_back(std::move(value));
    return &level.value->back();
}

Json* JsonTree::member(Level& level, Json value)
{
    auto& members = level.value->get_ref<Json::object_t&>();
    if (members.size() < kFewMembers)
        return &(members[m_key] = std::move(value));
    if (level.places.empty()) {
        for (std::size_t i = 0; i < members.size(); ++i)
            level.places.emplace((members.begin() + static_cast<std::ptrdiff_t>(i))->first, i);
    }
    const auto [place, isNew] = level.places.emplace(m_key, members.size());
    if (isNew)
        members.Json::object_t::Container::emplace_back(m_key, std::move(value));
    else
        (members.begin() + static_cast<std::ptrdiff_t>(place->second))->second = std::move(value);
    return &(members.begin() + static_cast<std::ptrdiff_t>(place->second))->second;
}

Json* JsonTree::open(Json value)
{
    if (m_levels.size() >= static_cast<std::size_t>(kMaxJsonDepth))
        throw Error("JSON is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels", m_where);
    Json* opened = put(std::move(value));
    m_levels.push_back({opened, {}});
    return opened;
}

} // namespace lens
