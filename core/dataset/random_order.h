// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Random numbers and permutations that are the same on every machine and with every library version.
#pragma once

#include <cstdint>
#include <vector>

namespace lens {

// SplitMix64 (Steele, Lea and Flood, 2014): its whole state is one number.
class RandomSequence {
public:
    // Sequences of different streams from one seed have nothing to do with each other.
    RandomSequence(std::uint64_t seed, std::uint64_t stream);

    std::uint64_t next();
    // Uniform in 0 … limit − 1, without bias; limit > 0.
    std::uint64_t below(std::uint64_t limit);

private:
    std::uint64_t m_state;
};

// 0 … count − 1 shuffled (Fisher–Yates).
std::vector<std::uint32_t> randomOrder(std::size_t count, RandomSequence random);

} // namespace lens
