// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Texts for people that are made in core. LENS_TR marks them for lupdate (-tr-function-alias); whoever shows
// them passes a translator in. The command line passes none and speaks English.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <utility>

#define LENS_TR(text) (text)

namespace lens {

using Translator = std::function<std::string(const char*)>;

inline std::string translated(const Translator& translator, const char* text)
{
    return translator ? translator(text) : std::string(text);
}

// Replaces "{name}" parts: fill("step {step}", {{"step", "12"}}).
std::string fillText(std::string text,
                     const std::initializer_list<std::pair<const char*, std::string>>& parts);

} // namespace lens
