// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/ruby_classes.h"

#include "core/tokenizer/unicode_sets.h"

#include <string>

namespace lens {
namespace {

CodePointSet wordLetters()
{
    return knownSet("Alphabetic") | knownSet("M") | knownSet("Nd") | knownSet("Pc");
}

CodePointSet printing()
{
    return ~(knownSet("White_Space") | knownSet("Cc") | knownSet("Cs") | knownSet("Cn"));
}

} // namespace

CodePointSet rubyWord()
{
    return wordLetters() | CodePointSet{{0xB2, 0xB3}, {0xB9, 0xB9}, {0xBC, 0xBE}};
}

CodePointSet rubyHex()
{
    return {{'0', '9'}, {'A', 'F'}, {'a', 'f'}};
}

std::optional<CodePointSet> posixClass(std::string_view name)
{
    if (name == "alpha")
        return knownSet("Alphabetic");
    if (name == "alnum")
        return knownSet("Alphabetic") | knownSet("Nd");
    if (name == "ascii")
        return CodePointSet{{0, 0x7F}};
    if (name == "blank")
        return knownSet("Zs") | CodePointSet{{'\t', '\t'}};
    if (name == "cntrl")
        return knownSet("Cc");
    if (name == "digit")
        return knownSet("Nd");
    if (name == "graph")
        return printing();
    if (name == "lower")
        return knownSet("Lowercase");
    if (name == "print")
        return printing() | knownSet("Zs");
    if (name == "punct")
        return knownSet("P") | knownSet("S");
    if (name == "space")
        return knownSet("White_Space");
    if (name == "upper")
        return knownSet("Uppercase");
    if (name == "word")
        return wordLetters();
    if (name == "xdigit")
        return rubyHex();
    return std::nullopt;
}

std::optional<CodePointSet> propertyClass(std::string_view name)
{
    const std::string plain = plainName(name);
    if (plain == "word")
        return rubyWord();
    if (plain == "posixpunct")
        return posixClass("punct");
    if (plain != "punct") {
        if (auto posix = posixClass(plain))
            return posix;
    }
    if (auto category = categorySet(plain))
        return category;
    if (auto script = scriptSet(plain))
        return script;
    return unicodePropertySet(plain);
}

CodePointSet caseClosure(const CodePointSet& set)
{
    const auto folds = simpleFolds();
    CodePointSet folded; // what the members fold to
    for (const auto& [letter, to] : folds) {
        if (set.contains(letter) || set.contains(to))
            folded.add(to);
    }
    CodePointSet closure = set | folded;
    for (const auto& [letter, to] : folds) {
        if (folded.contains(to))
            closure.add(letter);
    }
    return closure;
}

} // namespace lens
