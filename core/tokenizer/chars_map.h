// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// SentencePiece's precompiled_charsmap: texts and what they become, as a double-array trie (Darts-clone's
// layout) and a list of texts that end in NUL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

class CharsMap {
public:
    CharsMap() = default; // changes nothing
    // Throws Error if the bytes are no such map.
    CharsMap(std::string_view bytes, const std::string& where);

    struct Found {
        std::size_t length = 0; // of the text replaced
        std::string_view content;
    };
    // The longest and the shortest text of the map that stand at a place of `text`.
    std::optional<Found> longestAt(std::string_view text, std::size_t at) const
    {
        return find(text, at, true);
    }
    std::optional<Found> shortestAt(std::string_view text, std::size_t at) const
    {
        return find(text, at, false);
    }
    bool empty() const { return m_units.empty(); }

private:
    std::optional<Found> find(std::string_view text, std::size_t at, bool longest) const;
    std::vector<std::uint32_t> m_units;
    std::string m_contents;
};

} // namespace lens
