// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/byte_alphabet.h"

#include "core/tokenizer/utf8.h"

#include <array>

namespace lens {
namespace {

constexpr char32_t kLetters = 0x144; // code points below this may be letters

bool standsForItself(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

struct Alphabet {
    std::array<std::string, 256> letters;
    std::array<short, kLetters> bytes; // -1: not a letter

    Alphabet()
    {
        bytes.fill(-1);
        char32_t next = 0x100;
        for (unsigned byte = 0; byte < 256; ++byte) {
            const char32_t letter = standsForItself(byte) ? byte : next++;
            appendUtf8(letters[byte], letter);
            bytes[letter] = static_cast<short>(byte);
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet theAlphabet;
    return theAlphabet;
}

} // namespace

const std::string& byteLetter(unsigned char byte)
{
    return alphabet().letters[byte];
}

std::optional<std::string> bytesOfLetters(std::string_view text)
{
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = stepUtf8(text, at);
        if (!step.valid || step.codePoint >= kLetters || alphabet().bytes[step.codePoint] < 0)
            return std::nullopt;
        bytes.push_back(static_cast<char>(alphabet().bytes[step.codePoint]));
        at += step.length;
    }
    return bytes;
}

} // namespace lens
