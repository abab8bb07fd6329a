// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/unicode_normalizer.h"

#include "core/base/error.h"
#include "core/tokenizer/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace lens {

std::optional<NormalizationForm> normalizationFormOf(std::string_view name)
{
    if (name == "NFC")
        return NormalizationForm{true, false};
    if (name == "NFD")
        return NormalizationForm{false, false};
    if (name == "NFKC")
        return NormalizationForm{true, true};
    if (name == "NFKD")
        return NormalizationForm{false, true};
    return std::nullopt;
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Text of code points below U+0300 (lead bytes below CC) is NFC already; ASCII is in every form.
bool UnicodeNormalizer::changes(std::string_view text) const
{
    const unsigned char limit = m_form.compose && !m_form.compatible ? 0xCC : 0x80;
    return std::any_of(text.begin(), text.end(), [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= limit && (byte >= 0xC0 || limit == 0x80);
    });
}

// Whether nothing before the character can change together with it: what it decomposes to begins with a
// character of combining class 0 that composes with nothing to its left (marks and Hangul vowels and finals
// do).
bool UnicodeNormalizer::beginsStretch(char32_t codePoint) const
{
    utf8proc_int32_t parts[32];
    const int options = UTF8PROC_DECOMPOSE | (m_form.compatible ? UTF8PROC_COMPAT : 0);
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(codePoint), parts, 32,
                                               static_cast<utf8proc_option_t>(options), nullptr);
    if (count <= 0)
        return false;
    const utf8proc_property_t* property = utf8proc_get_property(parts[0]);
    const bool mark = property->category == UTF8PROC_CATEGORY_MN ||
                      property->category == UTF8PROC_CATEGORY_MC ||
                      property->category == UTF8PROC_CATEGORY_ME;
    const bool jamo = parts[0] >= 0x1160 && parts[0] <= 0x11FF;
    return property->combining_class == 0 && !mark && !jamo;
}

void UnicodeNormalizer::normalizeStretch(const Piece& in, std::size_t from, std::size_t to,
                                         AlignedText& out) const
{
    if (to - from == 1) // one ASCII character
        return out.copy(in, from, to);
    const int options = UTF8PROC_STABLE | (m_form.compose ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE) |
                        (m_form.compatible ? UTF8PROC_COMPAT : 0);
    utf8proc_uint8_t* buffer = nullptr;
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(in.text.data() + from),
                                     static_cast<utf8proc_ssize_t>(to - from), &buffer,
                                     static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(buffer, &std::free);
    if (length < 0)
        throw Error(std::string("text could not be normalised: ") + utf8proc_errmsg(length));
    const std::string_view normalized(reinterpret_cast<const char*>(buffer),
                                      static_cast<std::size_t>(length));
    if (normalized == in.text.substr(from, to - from))
        out.copy(in, from, to);
    else
        out.replace(in, from, to, normalized);
}

void UnicodeNormalizer::apply(const Piece& in, MatchScratch&, AlignedText& out) const
{
    std::size_t begin = 0;
    const auto finish = [&](std::size_t end) {
        if (end > begin)
            normalizeStretch(in, begin, end, out);
        begin = end;
    };
    for (std::size_t at = 0; at < in.text.size();) {
        const Utf8Step step = stepUtf8(in.text, at);
        const bool known = step.codePoint < 0x80 || m_known.contains(step.codePoint);
        if (step.codePoint < 0x80 || !known || beginsStretch(step.codePoint))
            finish(at);
        at += step.length;
        if (!known) {
            out.copy(in, begin, at);
            begin = at;
        }
    }
    finish(in.text.size());
}

} // namespace lens
