// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/characters.h"

#include <algorithm>

namespace lens::jinja {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

std::uint16_t flagsOf(char32_t character)
{
    const auto ranges = characterRanges();
    const auto found = std::partition_point(ranges.begin(), ranges.end(),
                                            [&](const auto& one) { return one.last < character; });
    return found != ranges.end() && found->first <= character ? found->flags : 0;
}

template <typename Table>
auto find(const Table& table, char32_t character) -> decltype(&table[0])
{
    const auto found = std::partition_point(table.begin(), table.end(),
                                            [&](const auto& one) { return one.character < character; });
    return found != table.end() && found->character == character ? &*found : nullptr;
}

bool isTail(std::string_view text, std::size_t at)
{
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80;
}

} // namespace

char32_t nextCharacter(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = characterLength(text[at]);
    if (length == 1 || lead < 0xC0) {
        ++at;
        return lead < 0x80 ? lead : kReplacement;
    }
    char32_t character = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!isTail(text, at + i)) {
            at += i;
            return kReplacement;
        }
        character = character << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    }
    at += length;
    return character;
}

void appendCharacter(std::string& text, char32_t character)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | character >> 6);
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | character >> 12);
        put(0x80 | (character >> 6 & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | character >> 18);
        put(0x80 | (character >> 12 & 0x3F));
        put(0x80 | (character >> 6 & 0x3F));
        put(0x80 | (character & 0x3F));
    }
}

bool isValidUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = nextCharacter(text, at);
        std::string again;
        if (static_cast<unsigned char>(text[begin]) < 0x80)
            continue;
        appendCharacter(again, character);
        const bool surrogate = character >= 0xD800 && character < 0xE000;
        if (surrogate || character > 0x10FFFF || again != text.substr(begin, at - begin))
            return false;
    }
    return true;
}

std::size_t countCharacters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80; }));
}

bool isAscii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool hasFlag(char32_t character, CharacterFlag flag)
{
    return (flagsOf(character) & flag) != 0;
}

bool isSpace(char32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool isLineEnd(char32_t c)
{
    return (c >= 10 && c <= 13) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool isWordPart(char32_t c)
{
    return c == '_' || (flagsOf(c) & (kAlpha | kDecimal | kDigit | kNumeric)) != 0;
}

std::array<std::uint32_t, 3> caseFormOf(char32_t character, CaseForm form)
{
    if (const CaseForms* forms = find(caseForms(), character)) {
        const std::uint32_t all[] = {forms->upper, forms->lower, forms->title, forms->fold};
        return {all[static_cast<int>(form)]};
    }
    if (const LongCaseForms* forms = find(longCaseForms(), character)) {
        const std::array<std::uint32_t, 3>* all[] = {&forms->upper, &forms->lower, &forms->title,
                                                     &forms->fold};
        return *all[static_cast<int>(form)];
    }
    return {character};
}

} // namespace lens::jinja
