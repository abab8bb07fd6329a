// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/unicode_sets.h"

#include "core/base/error.h"
#include "core/tokenizer/unicode_tables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>

namespace lens {
namespace {

// Takes the numbers of a packed table one by one.
class Numbers {
public:
    explicit Numbers(std::string_view packed) : m_packed(packed) {}

    bool any()
    {
        while (m_at < m_packed.size() && m_packed[m_at] == '\n')
            ++m_at;
        return m_at < m_packed.size();
    }
    char32_t next()
    {
        char32_t value = 0;
        for (unsigned shift = 0; any(); shift += 5) {
            const auto bits = static_cast<char32_t>(m_packed[m_at++] - '0');
            value |= (bits & 31) << shift;
            if (bits < 32)
                break;
        }
        return value;
    }
    std::int64_t nextSigned()
    {
        const std::int64_t value = next();
        return value % 2 == 0 ? value / 2 : -(value + 1) / 2;
    }

private:
    std::string_view m_packed;
    std::size_t m_at = 0;
};

CodePointSet unpackedSet(std::string_view packed)
{
    CodePointSet set;
    Numbers numbers(packed);
    char32_t at = 0;
    while (numbers.any()) {
        at += numbers.next();
        const char32_t length = numbers.next();
        set.add({at, at + length - 1});
        at += length;
    }
    return set;
}

// The code points whose value is chosen.
template <typename Chosen>
CodePointSet setOfValues(std::string_view packed, Chosen chosen)
{
    CodePointSet set;
    Numbers numbers(packed);
    for (char32_t at = 0; numbers.any();) {
        const char32_t length = numbers.next();
        if (chosen(numbers.next()))
            set.add({at, at + length - 1});
        at += length;
    }
    return set;
}

std::map<char32_t, char32_t> unpackedMap(std::string_view packed)
{
    std::map<char32_t, char32_t> map;
    Numbers numbers(packed);
    for (char32_t at = 0; numbers.any();) {
        at += numbers.next();
        map.emplace_hint(map.end(), at, static_cast<char32_t>(at + numbers.nextSigned()));
    }
    return map;
}

std::vector<std::string> parted(std::string_view text, char separator)
{
    std::vector<std::string> parts{{}};
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else if (c != '\n')
            parts.back().push_back(c);
    }
    return parts;
}

bool isNamed(std::string_view names, const std::string& plain)
{
    const auto all = parted(names, ' ');
    return std::find(all.begin(), all.end(), plain) != all.end();
}

// The place of a name among those of a table.
std::optional<char32_t> valueNamed(std::string_view names, const std::string& plain)
{
    const auto values = parted(names, '|');
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (isNamed(values[i], plain))
            return static_cast<char32_t>(i);
    }
    return std::nullopt;
}

// Groups of categories by the first letter of their names.
constexpr std::array<std::pair<const char*, char>, 15> kGroups{{
    {"l", 'l'},
    {"letter", 'l'},
    {"m", 'm'},
    {"mark", 'm'},
    {"combiningmark", 'm'},
    {"n", 'n'},
    {"number", 'n'},
    {"p", 'p'},
    {"punctuation", 'p'},
    {"s", 's'},
    {"symbol", 's'},
    {"z", 'z'},
    {"separator", 'z'},
    {"c", 'c'},
    {"other", 'c'},
}};

std::optional<CodePointSet> groupSet(const std::string& plain)
{
    const auto names = parted(unicode_tables::kCategoryNames, '|');
    const auto setOf = [&](auto chosen) {
        return setOfValues(unicode_tables::kCategories,
                           [&](char32_t value) { return chosen(names[value].substr(0, 2)); });
    };
    if (plain == "lc" || plain == "casedletter")
        return setOf([](const std::string& name) { return name == "lu" || name == "ll" || name == "lt"; });
    if (plain == "punct") // a property; the class [:punct:] has symbols too
        return groupSet("p");
    for (const auto& [group, letter] : kGroups) {
        if (plain == group)
            return setOf([&, wanted = letter](const std::string& name) { return name[0] == wanted; });
    }
    return std::nullopt;
}

} // namespace

std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (c != ' ' && c != '_' && c != '-')
            plain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return plain;
}

std::optional<CodePointSet> categorySet(std::string_view name)
{
    const std::string plain = plainName(name);
    if (auto group = groupSet(plain))
        return group;
    const auto value = valueNamed(unicode_tables::kCategoryNames, plain);
    if (!value)
        return std::nullopt;
    return setOfValues(unicode_tables::kCategories, [&](char32_t one) { return one == *value; });
}

std::optional<CodePointSet> scriptSet(std::string_view name)
{
    const auto value = valueNamed(unicode_tables::kScriptNames, plainName(name));
    if (!value)
        return std::nullopt;
    return setOfValues(unicode_tables::kScripts, [&](char32_t one) { return one == *value; });
}

std::optional<CodePointSet> unicodePropertySet(std::string_view name)
{
    const std::string plain = plainName(name);
    if (plain == "any")
        return CodePointSet::all();
    if (plain == "assigned")
        return ~*categorySet("Cn");
    for (const auto& property : unicode_tables::kProperties) {
        if (isNamed(property.names, plain))
            return unpackedSet(property.packed);
    }
    return std::nullopt;
}

CodePointSet knownSet(std::string_view name)
{
    if (auto set = categorySet(name))
        return std::move(*set);
    if (auto set = unicodePropertySet(name))
        return std::move(*set);
    throw Error("there is no set of characters named " + std::string(name));
}

std::vector<std::pair<std::string, CodePointSet>> allCategories()
{
    std::vector<std::pair<std::string, CodePointSet>> sets;
    for (const std::string& names : parted(unicode_tables::kCategoryNames, '|')) {
        std::string name = names.substr(0, 2);
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
        sets.emplace_back(std::move(name), CodePointSet());
    }
    Numbers numbers(unicode_tables::kCategories);
    for (char32_t at = 0; numbers.any();) {
        const char32_t length = numbers.next();
        sets[numbers.next()].second.add({at, at + length - 1});
        at += length;
    }
    std::erase_if(sets, [](const auto& one) { return one.first == "Cs"; });
    return sets;
}

CodePointSet punctuationOfUnicode8()
{
    return unpackedSet(unicode_tables::kPunctuation8);
}

CodePointSet othersOfUnicode8()
{
    return unpackedSet(unicode_tables::kOthers8);
}

CodePointSet marksOfUnicode9()
{
    return unpackedSet(unicode_tables::kMarks9);
}

CodePointSet assignedInUnicode9()
{
    return unpackedSet(unicode_tables::kAssigned9);
}

CodePointSet numbersOfUnicode17()
{
    return unpackedSet(unicode_tables::kNumbers17);
}

CodePointSet unicodeNewcomers()
{
    return unpackedSet(unicode_tables::kNewcomers);
}

std::map<char32_t, char32_t> simpleFolds()
{
    return unpackedMap(unicode_tables::kSimpleFolds);
}

std::map<char32_t, char32_t> lowercaseLetters()
{
    return unpackedMap(unicode_tables::kLowercase);
}

std::map<char32_t, std::u32string> fullFolds()
{
    std::map<char32_t, std::u32string> folds;
    Numbers numbers(unicode_tables::kFullFolds);
    for (char32_t at = 0; numbers.any();) {
        at += numbers.next();
        for (char32_t left = numbers.next(); left > 0; --left)
            folds[at].push_back(numbers.next());
    }
    return folds;
}

} // namespace lens
