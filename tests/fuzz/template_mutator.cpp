// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/fuzz/template_mutator.h"

#include "tests/fuzz/json_mutator.h"

#include <algorithm>
#include <cctype>
#include <random>
#include <vector>

namespace lens::fuzz {
namespace {

using Tokens = std::vector<std::string>;

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::size_t tokenEnd(std::string_view text, std::size_t at)
{
    const std::string_view two = text.substr(at, 2);
    for (const std::string_view mark :
         {"{{", "}}", "{%", "%}", "{#", "#}", "==", "!=", "<=", ">=", "//", "**"})
        if (two == mark)
            return at + 2;
    std::size_t end = at + 1;
    if (text[at] == '\'' || text[at] == '"')
        return std::min(text.find(text[at], end), text.size() - 1) + 1;
    while (isWordCharacter(text[at]) && end < text.size() && isWordCharacter(text[end]))
        ++end;
    return end;
}

Tokens tokensOf(std::string_view text)
{
    Tokens tokens;
    for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
        end = tokenEnd(text, at);
        tokens.emplace_back(text.substr(at, end - at));
    }
    return tokens;
}

class Mutator {
public:
    explicit Mutator(unsigned seed) : m_random(seed) {}

    void change(Tokens& tokens)
    {
        const std::size_t at = below(tokens.size() + 1);
        const auto place = tokens.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t count = std::min(1 + below(below(4) == 0 ? 40 : 4), tokens.size() - at);
        const auto end = place + static_cast<std::ptrdiff_t>(count);
        switch (below(8)) {
        case 0:
            tokens.erase(place, end);
            break;
        case 1: {
            const Tokens copy(place, end);
            const auto target = static_cast<std::ptrdiff_t>(below(tokens.size() + 1));
            tokens.insert(tokens.begin() + target, copy.begin(), copy.end());
            break;
        }
        case 2:
            if (count > 0)
                *place = literal();
            break;
        case 3:
            tokens.insert(end, blockEnd());
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), m_blockBegin);
            break;
        case 4:
            if (count > 0)
                std::swap(*place, tokens[below(tokens.size())]);
            break;
        case 5:
            if (count > 0)
                *place = anyWord();
            break;
        default:
            tokens.insert(place, anyWord());
        }
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }

    std::string literal()
    {
        constexpr const char* kLiterals[] = {"0",         "1",       "-1",   "9223372036854775807",
                                             "1e308",     "2.5",     "none", "true",
                                             "''",        "'a'",     "[]",   "{}",
                                             "[1,2]",     "{'a':1}", "(1,)", "'%s %(a)d'",
                                             "'{0:>99}'", "99999999"};
        return kLiterals[below(std::size(kLiterals))];
    }

    std::string anyWord() { return dictionaryWord(static_cast<unsigned>(m_random())); }

    // The end of a block whose begin then lies in m_blockBegin.
    std::string blockEnd()
    {
        constexpr const char* kBlocks[][2] = {{"{% for x in messages %}", "{% endfor %}"},
                                              {"{% if messages %}", "{% endif %}"},
                                              {"{% macro f(x) %}", "{% endmacro %}"},
                                              {"{% generation %}", "{% endgeneration %}"},
                                              {"{% set x %}", "{% endset %}"},
                                              {"{% filter upper %}", "{% endfilter %}"},
                                              {"{% call f(1) %}", "{% endcall %}"},
                                              {"{% with x = 1 %}", "{% endwith %}"},
                                              {"{{ ", " }}"},
                                              {"(", ")"},
                                              {"[", "]"},
                                              {"{# ", " #}"},
                                              {"{% raw %}", "{% endraw %}"}};
        const auto& block = kBlocks[below(std::size(kBlocks))];
        m_blockBegin = block[0];
        return block[1];
    }

    std::minstd_rand m_random;
    std::string m_blockBegin;
};

} // namespace

std::string mutatedTemplate(std::string_view text, std::size_t maxSize, unsigned seed)
{
    if (seed % 4 != 0) {
        Tokens tokens = tokensOf(text);
        Mutator mutator(seed / 4);
        for (unsigned round = 0; round < 1 + seed / 4 % 4; ++round)
            mutator.change(tokens);
        std::string changed;
        for (const std::string& token : tokens)
            changed += token;
        if (changed.size() <= maxSize)
            return changed;
    }
    return mutatedBytes(std::string(text), maxSize);
}

} // namespace lens::fuzz
