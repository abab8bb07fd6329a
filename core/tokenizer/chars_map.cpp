// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/chars_map.h"

#include "core/base/error.h"

#include <cstring>

namespace lens {
namespace {

std::uint32_t littleEndian(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i)
        value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return value;
}

// The parts of a unit of Darts-clone's double array.
bool hasLeaf(std::uint32_t unit)
{
    return (unit >> 8 & 1) != 0;
}
std::uint32_t valueOf(std::uint32_t unit)
{
    return unit & 0x7FFFFFFFu;
}
std::uint32_t labelOf(std::uint32_t unit)
{
    return unit & 0x800000FFu;
}
std::uint32_t offsetOf(std::uint32_t unit)
{
    return (unit >> 10) << ((unit & 0x200u) >> 6);
}

} // namespace

CharsMap::CharsMap(std::string_view bytes, const std::string& where)
{
    if (bytes.empty())
        return;
    const std::size_t trieBytes = bytes.size() > 4 ? littleEndian(bytes, 0) : 0;
    if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes >= bytes.size() - 4)
        throw Error("is not a map of characters", where);
    for (std::size_t at = 4; at < 4 + trieBytes; at += 4)
        m_units.push_back(littleEndian(bytes, at));
    m_contents = bytes.substr(4 + trieBytes);
}

std::optional<CharsMap::Found> CharsMap::find(std::string_view text, std::size_t at, bool longest) const
{
    std::optional<Found> found;
    if (m_units.empty())
        return found;
    std::size_t node = offsetOf(m_units[0]);
    for (std::size_t end = at; end < text.size();) {
        const auto byte = static_cast<unsigned char>(text[end++]);
        node ^= byte;
        if (node >= m_units.size() || labelOf(m_units[node]) != byte)
            break;
        const std::uint32_t unit = m_units[node];
        node ^= offsetOf(unit);
        if (!hasLeaf(unit) || node >= m_units.size())
            continue;
        const std::size_t begin = valueOf(m_units[node]);
        if (begin >= m_contents.size())
            continue;
        const std::size_t stop = m_contents.find('\0', begin);
        found = Found{end - at, std::string_view(m_contents).substr(begin, stop - begin)};
        if (!longest)
            break;
    }
    return found;
}

} // namespace lens
