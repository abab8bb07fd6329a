// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A compiled PCRE2 pattern over UTF-8 text (UTF, UCP, multi-line anchors, JIT where there is one). Patterns
// of tokenizer.json mean Unicode 16 whatever PCRE2's own tables know: text that these could see otherwise is
// matched by a second, slower pattern. Immutable; several threads may match with it, each with a MatchScratch
// of its own.
#pragma once

#include "core/tokenizer/class_speller.h"

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

// What PCRE2 writes to while matching. One per thread, for all patterns.
class MatchScratch {
public:
    MatchScratch();
    ~MatchScratch();
    MatchScratch(const MatchScratch&) = delete;
    MatchScratch& operator=(const MatchScratch&) = delete;

private:
    friend class Regex;
    struct Blocks;
    std::unique_ptr<Blocks> m_blocks;
};

class Regex {
public:
    struct Match {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    // A PCRE2 pattern with PCRE2's own tables. Throws Error if it does not compile; `where` names it.
    static Regex ofPcre(const std::string& pattern, const std::string& where);
    // One whose classes a ClassSpeller wrote.
    static Regex ofPcre(const PcreText& pattern, const std::string& where);
    // A pattern in Oniguruma's syntax, rewritten.
    static Regex ofOniguruma(const std::string& pattern, const std::string& where);
    // Matches the text itself, which must not be empty.
    static Regex ofLiteral(const std::string& text);

    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;
    ~Regex();

    // The first match that begins at `from` or later. `text` must be valid UTF-8. Throws Error if the pattern
    // needs more steps, memory or time than is allowed (see kMaxSeconds).
    std::optional<Match> find(std::string_view text, std::size_t from, MatchScratch& scratch) const;

    // visit(Match) for each match in turn; an empty one right behind the last match is passed over. Throws as
    // find() does.
    template <typename Visit>
    void forEachMatch(std::string_view text, MatchScratch& scratch, Visit visit) const
    {
        Search search{text, isUnusual(text), 0, 0};
        std::size_t from = 0;
        std::optional<std::size_t> lastEnd;
        while (from <= text.size()) {
            const auto match = next(search, from, scratch);
            if (!match)
                return;
            if (match->begin == match->end && lastEnd == match->end) {
                from = nextCharacter(text, from);
                continue;
            }
            visit(*match);
            from = match->end;
            lastEnd = from;
        }
    }

private:
    struct Code;
    struct Search {
        std::string_view text;
        bool unusual = false; // needs the second pattern
        unsigned matches = 0;
        std::clock_t start = 0; // processor time at the first look, 0: none yet
    };
    explicit Regex(std::unique_ptr<Code> code);
    bool isUnusual(std::string_view text) const;
    std::optional<Match> next(Search& search, std::size_t from, MatchScratch& scratch) const;
    void checkTime(Search& search) const;
    static std::size_t nextCharacter(std::string_view text, std::size_t at);

    std::unique_ptr<Code> m_code;
};

} // namespace lens
