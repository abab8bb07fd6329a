// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which modules an adapter's targets name, by PEFT's rules.
#pragma once

#include "core/model_files/lora_config.h"
#include "core/tokenizer/regex.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

class TargetMatcher {
public:
    // Throws Error if the target expression is none.
    explicit TargetMatcher(const LoraConfig& config);

    // True for the modules that get a branch. A name matches a whole path or the end of it after a dot, an
    // expression (Python's re.fullmatch; PCRE2 reads its syntax) the whole path. `isHead`: the language-model
    // head, which "all-linear" leaves out. Throws Error where an expression takes too long.
    bool matches(const std::string& path, bool isHead) const;

private:
    bool m_allLinear;
    std::vector<std::string> m_names;
    std::optional<Regex> m_expression;
};

} // namespace lens
