// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Conversations made by chance: other scripts, blanks at the ends, line breaks, text that looks like a
// control token, empty and very long turns. Each turn that is not empty has a word that no other has.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <random>
#include <string>

namespace lens::test {

class RandomConversation {
public:
    explicit RandomConversation(std::uint32_t seed) : m_random(seed) {}

    // A list of messages, user and assistant in turn, perhaps with a system message first. Some answers have
    // "weight": 0.
    Json messages(bool withSystem);

private:
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(m_random() % limit); }
    std::string text();

    std::mt19937 m_random;
    int m_word = 0;
};

} // namespace lens::test
