// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Builds a Json value from the events of a parser, for text that nobody vouches for: depth is bounded, and a
// member is added in constant or logarithmic time (the ordered object itself looks through all its members
// for each new one, which a file with a million of them would turn into hours).
#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lens {

class JsonTree {
public:
    // `where` names the text in errors.
    explicit JsonTree(std::string where) : m_where(std::move(where)) {}

    void key(std::string name) { m_key = std::move(name); }
    // Adds to what is open: an element, or the member of the last key. Of members given twice the later value
    // stands, in the earlier place. The pointer is good until something else is added beside the value.
    Json* put(Json value);
    // put() of an empty list or object that stays open until close(). Throws Error beyond kMaxJsonDepth.
    Json* open(Json value);
    void close() { m_levels.pop_back(); }
    std::size_t depth() const { return m_levels.size(); }
    // The innermost open value; depth() > 0.
    const Json& innermost() const { return *m_levels.back().value; }

    Json take() { return std::move(m_root); }

private:
    struct Level {
        Json* value = nullptr;                     // stable: only the innermost open value grows
        std::map<std::string, std::size_t> places; // of an object's members, once there are many
    };
    Json* member(Level& level, Json value);

    std::string m_where;
    Json m_root;
    std::vector<Level> m_levels;
    std::string m_key;
};

} // namespace lens
