// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A set of Unicode code points as sorted ranges that do not touch, with the algebra of character classes.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace lens {

inline constexpr char32_t kLastCodePoint = 0x10FFFF;

class CodePointSet {
public:
    struct Range {
        char32_t first = 0;
        char32_t last = 0; // included
        bool operator==(const Range&) const = default;
    };

    CodePointSet() = default;
    CodePointSet(std::initializer_list<Range> ranges);
    static CodePointSet all() { return {{0, kLastCodePoint}}; }

    // Anywhere, overlapping or not; cheap where ranges come in order.
    void add(Range range);
    void add(char32_t codePoint) { add(Range{codePoint, codePoint}); }

    bool contains(char32_t codePoint) const;
    bool containsAll(const CodePointSet& other) const { return (other - *this).empty(); }
    bool empty() const { return m_ranges.empty(); }
    std::size_t size() const; // code points
    const std::vector<Range>& ranges() const { return m_ranges; }

    CodePointSet operator|(const CodePointSet& other) const;
    CodePointSet operator&(const CodePointSet& other) const;
    CodePointSet operator-(const CodePointSet& other) const { return *this & ~other; }
    CodePointSet operator~() const;
    bool operator==(const CodePointSet&) const = default;

private:
    std::vector<Range> m_ranges;
};

} // namespace lens
