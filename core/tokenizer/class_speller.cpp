// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/class_speller.h"

#include "core/base/error.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/unicode_sets.h"
#include "core/tokenizer/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>

namespace lens {
namespace {

constexpr std::size_t kMaxSets = 200; // of one pattern; in use: ten
constexpr int kOurUnicode = 16;
constexpr int kNewestUnicode = 17; // that the table of newcomers knows
const CodePointSet kSurrogates{{0xD800, 0xDFFF}};

int unicodeOfPcre()
{
    char version[32] = {};
    pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, version);
    return std::atoi(version);
}

std::string escaped(char32_t codePoint)
{
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "\\x{%x}", static_cast<unsigned>(codePoint));
    return buffer;
}

std::string rangesText(const CodePointSet& set)
{
    std::string text;
    for (const auto& [first, last] : set.ranges()) {
        text += escaped(first);
        if (last > first)
            text += (last > first + 1 ? "-" : "") + escaped(last);
    }
    return text;
}

// The fewest ranges that have all of `set` and, besides, only code points that do not matter.
CodePointSet joined(const CodePointSet& set, const CodePointSet& free)
{
    CodePointSet whole;
    const auto& ranges = set.ranges();
    std::size_t at = 0;
    const CodePointSet wide = set | free;
    for (const auto& [first, last] : wide.ranges()) {
        const std::size_t begin = at;
        while (at < ranges.size() && ranges[at].last <= last)
            ++at;
        if (at > begin)
            whole.add({ranges[begin].first, ranges[at - 1].last});
    }
    return whole;
}

// Which of the code points the class matches here.
CodePointSet foundByPcre(const std::string& contents, const CodePointSet& among)
{
    std::string text;
    for (const auto& [first, last] : among.ranges()) {
        for (char32_t c = first; c <= last; ++c)
            appendUtf8(text, c);
    }
    const Regex regex = Regex::ofPcre("[" + contents + "]+", "a class of characters");
    MatchScratch scratch;
    CodePointSet found;
    regex.forEachMatch(text, scratch, [&](const Regex::Match& match) {
        for (std::size_t at = match.begin; at < match.end;) {
            const Utf8Step step = stepUtf8(text, at);
            found.add(step.codePoint);
            at += step.length;
        }
    });
    return found;
}

CodePointSet unusualHere()
{
    const int version = unicodeOfPcre();
    if (version == kOurUnicode)
        return {};
    if (version <= kNewestUnicode)
        return unicodeNewcomers() - kSurrogates;
    // Anything that Unicode 16 left open where characters are still being added.
    const CodePointSet planes{{0, 0x3FFFF}, {0xE0000, 0xE0FFF}};
    return (unicodeNewcomers() | (knownSet("Cn") & planes)) - kSurrogates;
}

using NamedSets = std::vector<std::pair<std::string, CodePointSet>>;

NamedSets propertiesOfPcre()
{
    NamedSets properties;
    for (const char* group : {"L", "M", "N", "P", "S", "Z"})
        properties.emplace_back(group, knownSet(group));
    for (auto& category : allCategories())
        properties.push_back(std::move(category));
    for (const char* property : {"Alphabetic", "Lowercase", "Uppercase"})
        properties.emplace_back(property, knownSet(property));
    return properties;
}

} // namespace

// Tables that depend on the library alone are made once.
const CodePointSet& unusualForPcre()
{
    static const CodePointSet unusual = unusualHere();
    return unusual;
}

// Properties that lie within the set, largest first, as long as they save ranges.
ClassSpeller::Contents ClassSpeller::contentsOf(const CodePointSet& set)
{
    CodePointSet free =
        unusualForPcre() | kSurrogates; // whether these are in does not matter, or they are in already
    const CodePointSet outside = ~(set | free);
    CodePointSet rest = joined(set - free, free);
    Contents contents;
    std::size_t names = 0;
    static const NamedSets properties = propertiesOfPcre();
    for (const auto& [name, property] : properties) {
        if (rest.ranges().size() <= 1)
            break;
        if (!(property & outside).empty())
            continue;
        const CodePointSet covered = free | property;
        const CodePointSet left = joined(set - covered, covered);
        if (left.ranges().size() + 1 >= rest.ranges().size())
            continue;
        contents.text += "\\p{" + name + "}";
        rest = left;
        free = covered;
        ++names;
    }
    contents.onlyProperty = names == 1 && rest.empty();
    contents.cost = names + rest.ranges().size();
    // PCRE2 finds ASCII in a bit map, before it looks at properties.
    const CodePointSet ascii{{0, 0x7F}};
    contents.text += rangesText(names > 0 && !contents.onlyProperty ? rest | (set & ascii) : rest);
    return contents;
}

std::string ClassSpeller::exactClass(const CodePointSet& set, const std::string& contents, bool negated)
{
    const CodePointSet& open = unusualForPcre(); // what the usual spelling may get wrong
    const CodePointSet found = contents.empty() ? CodePointSet() : foundByPcre(contents, open);
    const CodePointSet wanted = set & open;
    const std::string more = contents + rangesText(wanted - found);
    const CodePointSet wrong = found - wanted;
    if (wrong.empty())
        return (negated ? "[^" : "[") + more + "]";
    if (negated)
        return "(?:[^" + more + "]|[" + rangesText(wrong) + "])";
    return "(?:(?![" + rangesText(wrong) + "])[" + more + "])";
}

PcreText ClassSpeller::spell(const CodePointSet& set)
{
    for (const auto& [known, text] : m_spelled) {
        if (known == set)
            return text;
    }
    if (m_spelled.size() >= kMaxSets)
        throw Error("the regular expression has more than " + std::to_string(kMaxSets) +
                    " different classes of characters");
    return m_spelled.emplace_back(set, remembered(set)).second;
}

// The sets of the patterns in use are few and take half a millisecond each; a spelling depends on nothing but
// its set, so the first ones are kept for all patterns.
PcreText ClassSpeller::remembered(const CodePointSet& set)
{
    constexpr std::size_t kKept = 64;
    static std::mutex mutex;
    static std::vector<std::pair<CodePointSet, PcreText>> kept;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [known, text] : kept) {
            if (known == set)
                return text;
        }
    }
    PcreText text = spelled(set);
    const std::lock_guard lock(mutex);
    if (kept.size() < kKept)
        kept.emplace_back(set, text);
    return text;
}

PcreText ClassSpeller::spelled(const CodePointSet& set)
{
    const CodePointSet opposite = ~(set | kSurrogates);
    if ((set - kSurrogates).empty())
        return {"(?!)", "(?!)"};
    if (opposite.empty())
        return {"(?s:.)", "(?s:.)"};
    const Contents as = contentsOf(set);
    const Contents asNot = contentsOf(opposite);
    const bool negated = asNot.cost < as.cost;
    const Contents& best = negated ? asNot : as;
    PcreText text;
    text.usual = (negated ? "[^" : "[") + best.text + "]";
    if (best.text.empty()) // all that it has are newcomers
        text.usual = negated ? "(?s:.)" : "(?!)";
    if (best.onlyProperty)
        text.usual = (negated ? "\\P" : "\\p") + best.text.substr(2);
    text.exact =
        unusualForPcre().empty() ? text.usual : exactClass(negated ? opposite : set, best.text, negated);
    return text;
}

} // namespace lens
