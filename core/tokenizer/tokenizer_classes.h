// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What transformers takes for granted of its tokenizer classes where tokenizer_config.json says nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

// The class that transformers chooses for the model_type of a config.json; empty if it is not known here.
std::string tokenizerClassOf(std::string_view modelType);

// Texts of special tokens by attribute name ("bos_token"), as the class's constructor has them. `className`
// with or without "Fast"; empty for a class that has none or is not known.
std::map<std::string, std::string> classSpecialTokens(std::string_view className);

// For the classes that make their post-processor anew from add_bos_token and add_eos_token: what they take
// for the first where it is not said (the second is false).
std::optional<bool> rebuildsWithBos(std::string_view className);

} // namespace lens
