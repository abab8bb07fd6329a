// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/module_map.h"

#include <algorithm>
#include <unordered_map>

namespace lens {

ModuleMap::ModuleMap(const std::vector<std::string>& names, std::vector<std::string>& all)
{
    if (all.empty())
        all = names;
    if (all == names)
        return;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i)
        places.emplace(all[i], i);
    for (const std::string& name : names) {
        const auto [place, isNew] = places.emplace(name, all.size());
        if (isNew)
            all.push_back(name);
        m_target.push_back(place->second);
    }
    m_size = all.size();
}

void ModuleMap::apply(ModulesRow& row) const
{
    if (m_target.empty())
        return;
    std::vector<float> moved(m_size * kModuleFieldCount, kAbsentField);
    for (std::size_t i = 0; i < m_target.size(); ++i)
        std::copy_n(row.values.begin() + static_cast<std::ptrdiff_t>(i * kModuleFieldCount),
                    kModuleFieldCount,
                    moved.begin() + static_cast<std::ptrdiff_t>(m_target[i] * kModuleFieldCount));
    row.values = std::move(moved);
}

std::vector<float> withKnownFields(std::span<const float> stored, std::size_t fieldCount)
{
    if (fieldCount == kModuleFieldCount)
        return {stored.begin(), stored.end()};
    const std::size_t modules = stored.size() / fieldCount;
    std::vector<float> values(modules * kModuleFieldCount, kAbsentField);
    const std::size_t known = std::min(fieldCount, kModuleFieldCount);
    for (std::size_t module = 0; module < modules; ++module)
        std::copy_n(stored.begin() + static_cast<std::ptrdiff_t>(module * fieldCount), known,
                    values.begin() + static_cast<std::ptrdiff_t>(module * kModuleFieldCount));
    return values;
}

} // namespace lens
