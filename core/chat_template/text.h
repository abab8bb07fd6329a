// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A string of a template: its bytes (UTF-8), and which of them came from where. Immutable once made.
#pragma once

#include "core/chat_template/budget.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lens::jinja {

// Where something came from: a field of a message (index + 1 into the rendering's list), or kOwn for what the
// template made itself, or kGeneration for what a generation block wrote.
using Source = std::uint32_t;
inline constexpr Source kOwn = 0;
inline constexpr Source kGeneration = 0xFFFFFFFF;

// A byte range with its source. Ranges of generation blocks overlap others.
struct Mark {
    std::size_t begin = 0;
    std::size_t end = 0;
    Source source = kOwn;
    bool operator==(const Mark&) const = default;
};

class Text {
public:
    // budget may be null (literals of the parsed template); else it has to outlive the text.
    Text(std::string bytes, std::vector<Mark> marks, bool safe, Budget* budget);
    ~Text();
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    const std::string& bytes() const { return m_bytes; }
    const std::vector<Mark>& marks() const { return m_marks; }
    // Python's Markup: joined with other strings, those are escaped.
    bool isSafe() const { return m_safe; }
    // Null for literals.
    Budget* budget() const { return m_budget; }

private:
    std::size_t cost() const { return sizeof(Text) + m_bytes.size() + m_marks.size() * sizeof(Mark); }

    std::string m_bytes;
    std::vector<Mark> m_marks;
    Budget* m_budget;
    bool m_safe;
};

} // namespace lens::jinja
