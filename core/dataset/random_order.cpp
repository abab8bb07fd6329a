// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/random_order.h"

#include <numeric>
#include <utility>

namespace lens {

RandomSequence::RandomSequence(std::uint64_t seed, std::uint64_t stream) : m_state(seed)
{
    m_state = next() ^ (stream * 0xD1342543DE82EF95u);
    m_state = next();
}

std::uint64_t RandomSequence::next()
{
    m_state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = m_state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

std::uint64_t RandomSequence::below(std::uint64_t limit)
{
    const std::uint64_t uneven = (0 - limit) % limit; // 2^64 mod limit
    std::uint64_t number = next();
    while (number < uneven)
        number = next();
    return number % limit;
}

std::vector<std::uint32_t> randomOrder(std::size_t count, RandomSequence random)
{
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    for (std::size_t left = count; left > 1; --left)
        std::swap(order[left - 1], order[random.below(left)]);
    return order;
}

} // namespace lens
