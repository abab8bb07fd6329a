// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Numbers as Python writes and reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lens::jinja {

// repr(float): the shortest text that reads back as the same number ("0.1", "1e+16", "nan").
std::string floatText(double number);
// printf's e, E, f, F, g, G with Python's spelling of exponents, infinities and NaN. alternate: '#'.
std::string formattedFloat(double number, char type, int precision, bool alternate);
// An integer in base 2, 8, 10 or 16 without prefix; of the magnitude, no sign.
std::string integerDigits(std::int64_t number, int base);

// int(text, base) and float(text). Throw Failure(Value) for what is no number, Failure(Overflow) for integers
// beyond 64 bits.
std::int64_t integerFromText(std::string_view text, int base);
double floatFromText(std::string_view text);
// int(float). Throws for infinities, NaN and numbers beyond 64 bits.
std::int64_t integerFromFloat(double number);

} // namespace lens::jinja
