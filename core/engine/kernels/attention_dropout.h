// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which probabilities attention's dropout keeps: a function of a seed and of the place, so that no mask is
// stored and the backward pass, which goes through the places in another order, finds the same.
#pragma once

#include <cstdint>

namespace lens::kernels {

// Of the 2³² values of a random word, how many drop.
[[gnu::always_inline]] inline std::uint64_t droppedWords(double dropout)
{
    return static_cast<std::uint64_t>(dropout * 4294967296.0);
}

// query and key: rows of the tensors. The mixing of Steele, Lea and Flood's SplitMix64 (2014).
[[gnu::always_inline]] inline bool staysAttended(std::uint64_t seed, std::int64_t head, std::int64_t query,
                                                 std::int64_t key, std::uint64_t dropped)
{
    const auto place = (static_cast<std::uint64_t>(head) << 52) ^ (static_cast<std::uint64_t>(query) << 26) ^
                       static_cast<std::uint64_t>(key);
    std::uint64_t x = seed + (place + 1) * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return ((x ^ (x >> 31)) >> 32) >= dropped;
}

} // namespace lens::kernels
