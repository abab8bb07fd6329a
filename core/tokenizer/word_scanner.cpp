// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/word_scanner.h"

namespace lens {
namespace {

using Kinds = CharacterKinds;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::uint8_t kNoSign = Kinds::kLetter | Kinds::kNumber | Kinds::kSpace;

#define LENS_ENDINGS "'s|'t|'re|'ve|'m|'ll|'d"
#define LENS_BLANKS "\\s+(?!\\S)|\\s+"
#define LENS_UPPER "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define LENS_LOWER "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define LENS_SIGNS_AND_LINES " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|" LENS_BLANKS
#define LENS_SIGNS_AND_SLASHES " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|" LENS_BLANKS
#define LENS_PREFIX "[^\\r\\n\\p{L}\\p{N}]?"

constexpr std::string_view kGpt2 = LENS_ENDINGS "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|" LENS_BLANKS;
constexpr std::string_view kGpt2Grouped =
    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|" LENS_BLANKS;
constexpr std::string_view kLlama3 =
    "(?i:" LENS_ENDINGS ")|" LENS_PREFIX "\\p{L}+|\\p{N}{1,3}|" LENS_SIGNS_AND_LINES;
constexpr std::string_view kQwen2 =
    "(?i:" LENS_ENDINGS ")|" LENS_PREFIX "\\p{L}+|\\p{N}|" LENS_SIGNS_AND_LINES;
constexpr std::string_view kO200k =
    LENS_PREFIX LENS_UPPER "*" LENS_LOWER "+(?i:" LENS_ENDINGS ")?|" LENS_PREFIX LENS_UPPER "+" LENS_LOWER
                           "*(?i:" LENS_ENDINGS ")?|\\p{N}{1,3}|" LENS_SIGNS_AND_SLASHES;
constexpr std::string_view kTekken = LENS_PREFIX LENS_UPPER "*" LENS_LOWER "+|" LENS_PREFIX LENS_UPPER
                                                            "+" LENS_LOWER "*|\\p{N}|" LENS_SIGNS_AND_SLASHES;

#undef LENS_ENDINGS
#undef LENS_BLANKS
#undef LENS_UPPER
#undef LENS_LOWER
#undef LENS_SIGNS_AND_LINES
#undef LENS_SIGNS_AND_SLASHES
#undef LENS_PREFIX

} // namespace

std::optional<WordScanner> WordScanner::ofPattern(std::string_view pattern)
{
    Shape shape;
    if (pattern == kGpt2 || pattern == kGpt2Grouped)
        return WordScanner(shape);
    shape.prefixed = shape.anyCase = shape.lineEnds = true;
    shape.digits = pattern == kQwen2 || pattern == kTekken ? 1 : 3;
    if (pattern == kLlama3 || pattern == kQwen2)
        return WordScanner(shape);
    shape.byCase = shape.slashes = true;
    shape.contracted = pattern != kTekken;
    if (pattern == kO200k || pattern == kTekken)
        return WordScanner(shape);
    return std::nullopt;
}

WordScanner::WordScanner(const Shape& shape) : m_shape(shape), m_kinds(std::make_shared<CharacterKinds>()) {}

// Behind all characters from here that have one of the bits.
std::size_t WordScanner::run(std::string_view text, std::size_t at, std::uint8_t bits) const
{
    for (Kinds::Step step = m_kinds->at(text, at); (step.kind & bits) != 0; step = m_kinds->at(text, at))
        at += step.length;
    return at;
}

// Behind 's, 't, 're, 've, 'm, 'll or 'd; otherwise where it began.
std::size_t WordScanner::contraction(std::string_view text, std::size_t at) const
{
    if (at + 1 >= text.size() || text[at] != '\'')
        return at;
    const auto letter = [&](std::size_t i) {
        const char c = i < text.size() ? text[i] : '\0';
        return m_shape.anyCase && c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    switch (letter(at + 1)) {
    case 's':
    case 't':
    case 'm':
    case 'd':
        return at + 2;
    case 'r':
    case 'v':
        return letter(at + 2) == 'e' ? at + 3 : at;
    case 'l':
        return letter(at + 2) == 'l' ? at + 3 : at;
    default:
        return m_shape.anyCase && text.substr(at + 1, 2) == "\xC5\xBF" ? at + 3 : at; // ſ is an s
    }
}

std::size_t WordScanner::letters(std::string_view text, std::size_t at, Kinds::Step first) const
{
    if ((first.kind & Kinds::kLetter) != 0)
        return run(text, at + first.length, Kinds::kLetter);
    const bool prefix =
        m_shape.prefixed ? (first.kind & (Kinds::kNumber | Kinds::kLineEnd)) == 0 : text[at] == ' ';
    const std::size_t begin = at + first.length;
    const std::size_t end = prefix ? run(text, begin, Kinds::kLetter) : begin;
    return end > begin ? end : kNone;
}

// U*L+ from here, where U and L share letters without case: if no small letter follows, up to the last
// shared.
std::size_t WordScanner::endingLower(std::string_view text, std::size_t at) const
{
    std::size_t shared = kNone;
    Kinds::Step step = m_kinds->at(text, at);
    for (; (step.kind & Kinds::kUpper) != 0; step = m_kinds->at(text, at)) {
        at += step.length;
        if ((step.kind & Kinds::kLower) != 0)
            shared = at;
    }
    return (step.kind & Kinds::kLower) != 0 ? run(text, at, Kinds::kLower) : shared;
}

// P?U*L+ or else P?U+L*; a mark can be P and U.
std::size_t WordScanner::caseWord(std::string_view text, std::size_t at, Kinds::Step first) const
{
    const bool prefix = (first.kind & (Kinds::kLetter | Kinds::kNumber | Kinds::kLineEnd)) == 0;
    const std::size_t behind = at + first.length;
    std::size_t end = prefix ? endingLower(text, behind) : kNone;
    if (end == kNone)
        end = endingLower(text, at);
    if (end == kNone && prefix) {
        end = run(text, behind, Kinds::kUpper);
        end = end > behind ? end : kNone;
    }
    if (end == kNone) {
        end = run(text, at, Kinds::kUpper);
        end = end > at ? end : kNone;
    }
    return end == kNone || !m_shape.contracted ? end : contraction(text, end);
}

std::size_t WordScanner::number(std::string_view text, std::size_t at) const
{
    if (m_shape.digits == 0)
        return run(text, at, Kinds::kNumber);
    for (int i = 0; i < m_shape.digits; ++i) {
        const Kinds::Step step = m_kinds->at(text, at);
        if ((step.kind & Kinds::kNumber) == 0)
            break;
        at += step.length;
    }
    return at;
}

std::size_t WordScanner::signs(std::string_view text, std::size_t at) const
{
    for (Kinds::Step step = m_kinds->at(text, at); step.length > 0 && (step.kind & kNoSign) == 0;
         step = m_kinds->at(text, at))
        at += step.length;
    const auto follows = [&](char c) { return c == '\r' || c == '\n' || (m_shape.slashes && c == '/'); };
    while (m_shape.lineEnds && at < text.size() && follows(text[at]))
        ++at;
    return at;
}

// Up to the last line end, or all but the last blank where something follows, or the one blank there is.
std::size_t WordScanner::blanks(std::string_view text, std::size_t at) const
{
    std::size_t lastBegin = at;
    std::size_t behindLineEnd = 0;
    std::size_t end = at;
    for (Kinds::Step step = m_kinds->at(text, end); (step.kind & Kinds::kSpace) != 0;
         step = m_kinds->at(text, end)) {
        lastBegin = end;
        end += step.length;
        if ((step.kind & Kinds::kLineEnd) != 0)
            behindLineEnd = end;
    }
    if (m_shape.lineEnds && behindLineEnd > 0)
        return behindLineEnd;
    return end == text.size() || lastBegin == at ? end : lastBegin;
}

std::size_t WordScanner::endOf(std::string_view text, std::size_t begin) const
{
    if (!m_shape.byCase) {
        const std::size_t end = contraction(text, begin);
        if (end > begin)
            return end;
    }
    const Kinds::Step first = m_kinds->at(text, begin);
    const std::size_t word = m_shape.byCase ? caseWord(text, begin, first) : letters(text, begin, first);
    if (word != kNone)
        return word;
    if ((first.kind & Kinds::kNumber) != 0)
        return number(text, begin);
    const Kinds::Step second = text[begin] == ' ' ? m_kinds->at(text, begin + 1) : first;
    if (m_shape.digits == 0 && (second.kind & Kinds::kNumber) != 0)
        return number(text, begin + 1);
    if (second.length > 0 && (second.kind & kNoSign) == 0)
        return signs(text, begin + (text[begin] == ' ' ? 1 : 0));
    return blanks(text, begin);
}

} // namespace lens
