// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/utf8.h"

#include <cstdint>
#include <cstring>

namespace lens {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Bytes in all, and the range allowed for the second byte (the third and fourth are always 80…BF).
struct LeadByte {
    unsigned length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

LeadByte leadByte(unsigned char byte)
{
    if (byte < 0x80)
        return {1};
    if (byte < 0xC2 || byte > 0xF4)
        return {0};
    if (byte < 0xE0)
        return {2};
    if (byte < 0xF0)
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
}

} // namespace

Utf8Step stepUtf8(std::string_view text, std::size_t at)
{
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const LeadByte lead = leadByte(byteAt(at));
    if (lead.length == 1)
        return {byteAt(at), 1, true};
    if (lead.length == 0)
        return {kReplacement, 1, false};
    char32_t value = byteAt(at) & (0x7Fu >> lead.length);
    for (unsigned i = 1; i < lead.length; ++i) {
        const unsigned char low = i == 1 ? lead.low : 0x80;
        const unsigned char high = i == 1 ? lead.high : 0xBF;
        if (at + i >= text.size() || byteAt(at + i) < low || byteAt(at + i) > high)
            return {kReplacement, i, false};
        value = value << 6 | (byteAt(at + i) & 0x3Fu);
    }
    return {value, lead.length, true};
}

std::size_t firstInvalidUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (at + 8 <= text.size()) {
            std::memcpy(&eight, text.data() + at, 8);
            if ((eight & 0x8080808080808080u) == 0) {
                at += 8;
                continue;
            }
        }
        const Utf8Step step = stepUtf8(text, at);
        if (!step.valid)
            return at;
        at += step.length;
    }
    return text.size();
}

std::string repairedUtf8(std::string_view text)
{
    std::string repaired;
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = stepUtf8(text, at);
        appendUtf8(repaired, step.codePoint);
        at += step.length;
    }
    return repaired;
}

void appendUtf8(std::string& text, char32_t codePoint)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        put(0xE0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    } else {
        put(0xF0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3F));
        put(0x80 | (codePoint >> 6 & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }
}

} // namespace lens
