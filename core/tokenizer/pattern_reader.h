// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads a pattern in Oniguruma's syntax from left to right; what stands for one character or for a set of
// characters is read here. Used by the rewriter and by the reader of bracket classes.
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

class PatternReader {
public:
    PatternReader(std::string_view pattern, const std::string& where);

    bool atEnd() const { return m_at >= m_pattern.size(); }
    bool startsWith(std::string_view text) const { return m_pattern.substr(m_at, text.size()) == text; }
    std::string_view rest() const { return m_pattern.substr(m_at); }
    // Steps over the text if it stands here.
    bool skip(std::string_view text);
    void step(std::size_t bytes) { m_at += bytes; }
    // The next byte, or character. At the end: rejects.
    char take();
    char32_t takeCharacter();
    std::string_view takeUntil(std::string_view end, const std::string& construct);

    // After a backslash and `c`: the character that it stands for. Nothing: another kind of escape.
    std::optional<char32_t> escapedCharacter(char c);
    // \s \w \d \h \p{…} and their opposites. In brackets \w has no ² (measured).
    std::optional<CodePointSet> escapedSet(char c, bool inBrackets);

    // Throw Error: a construct that is not known; a pattern that no library would take.
    [[noreturn]] void refuse(const std::string& construct) const;
    [[noreturn]] void reject(const std::string& problem) const;

private:
    char32_t number(std::string_view digits, unsigned base) const;
    // As many of the digits that stand here as are allowed.
    char32_t takeNumber(std::size_t least, std::size_t most, unsigned base);
    char32_t byteEscape(char32_t value) const;
    const CodePointSet& property(std::string_view name, bool inBrackets);

    std::string_view m_pattern;
    const std::string& m_where;
    std::size_t m_at = 0;
    std::map<std::string, CodePointSet> m_sets; // read before
};

} // namespace lens
