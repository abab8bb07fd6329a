// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/ruby_classes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace lens {
namespace {

constexpr const char* kPunctuation = "\\p{P}$+<=>\\^`|~";

// POSIX bracket names, also known as properties.
constexpr std::array<std::pair<const char*, const char*>, 11> kPosix{{
    {"alpha", "\\p{Alphabetic}"},
    {"alnum", "\\p{Alphabetic}\\p{Nd}"},
    {"ascii", "\\x{0}-\\x{7f}"},
    {"blank", "\\p{Zs}\\t"},
    {"cntrl", "\\p{Cc}"},
    {"digit", "\\p{Nd}"},
    {"lower", "\\p{Lowercase}"},
    {"punct", kPunctuation},
    {"space", kRubySpace},
    {"upper", "\\p{Uppercase}"},
    {"xdigit", kRubyHex},
}};

constexpr std::array<const char*, 38> kCategories{"C",  "Cc", "Cf", "Cn", "Co", "Cs", "L",  "Ll", "Lm", "Lo",
                                                  "Lt", "Lu", "M",  "Mc", "Me", "Mn", "N",  "Nd", "Nl", "No",
                                                  "P",  "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S",  "Sc",
                                                  "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs", "LC"};

constexpr std::array<std::pair<const char*, const char*>, 12> kLongNames{{
    {"letter", "L"},
    {"mark", "M"},
    {"number", "N"},
    {"punctuation", "P"},
    {"symbol", "S"},
    {"separator", "Z"},
    {"other", "C"},
    {"alphabetic", "Alphabetic"},
    {"whitespace", "White_Space"},
    {"uppercase", "Uppercase"},
    {"lowercase", "Lowercase"},
    {"any", "Any"},
}};

// Names of properties are compared without case, blanks, '_' and '-'.
std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (c != ' ' && c != '_' && c != '-')
            plain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return plain;
}

} // namespace

const char* posixClass(std::string_view name)
{
    if (name == "word")
        return kRubyWord;
    const auto found =
        std::find_if(kPosix.begin(), kPosix.end(), [&](const auto& one) { return name == one.first; });
    return found == kPosix.end() ? nullptr : found->second;
}

std::optional<std::string> propertyClass(std::string_view name)
{
    const std::string plain = plainName(name);
    if (const char* posix = posixClass(plain))
        return posix;
    for (const char* category : kCategories) {
        if (plain == plainName(category))
            return category == std::string_view("LC") ? "\\p{L&}" : "\\p{" + std::string(category) + "}";
    }
    for (const auto& [longName, shortName] : kLongNames) {
        if (plain == longName)
            return "\\p{" + std::string(shortName) + "}";
    }
    const bool isName = std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == ' ' || c == '-';
    });
    if (!isName || name.empty())
        return std::nullopt;
    return "\\p{sc:" + std::string(name) + "}";
}

} // namespace lens
