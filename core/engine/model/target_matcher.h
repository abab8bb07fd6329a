// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which modules an adapter's settings name, by PEFT's rules (check_target_module_exists, get_pattern_key).
// Expressions are Python's; PCRE2 reads their syntax.
#pragma once

#include "core/model_files/lora_config.h"
#include "core/tokenizer/regex.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lens {

// Some modules: by names, which match a whole path or the end of one after a dot, or by one expression that
// matches the whole path (re.fullmatch).
class PathSelection {
public:
    // Throws Error if the expression is none; `where` names the setting.
    PathSelection(std::vector<std::string> names, const std::string& expression, const std::string& where);
    bool matches(const std::string& path) const;
    bool names(const std::string& path) const; // in full

private:
    std::vector<std::string> m_names;
    std::optional<Regex> m_expression;
};

// Values for modules whose path an expression matches up to its end: re.match("(.*\.)?(EXPRESSION)$", path).
class PathPattern {
public:
    PathPattern(const std::vector<std::pair<std::string, double>>& pattern, const std::string& where);
    // Of the first expression that matches.
    std::optional<double> find(const std::string& path) const;

private:
    std::vector<std::pair<Regex, double>> m_rows;
};

class TargetMatcher {
public:
    // Throws Error if an expression is none.
    explicit TargetMatcher(const LoraConfig& config);

    // True for the modules that get a branch: named as a target, in the chosen layers, not excluded and not
    // within a module that is trained in full. `isHead`: the language-model head, which "all-linear" leaves
    // out. Throws Error where an expression takes too long.
    bool matches(const std::string& path, bool isHead) const;

private:
    bool isInLayers(const std::string& path) const;

    bool m_allLinear;
    bool m_byNames;
    PathSelection m_targets;
    PathSelection m_excluded;
    std::vector<Regex> m_saved;
    std::vector<std::int64_t> m_layers;
    std::vector<Regex> m_layerNumbers; // what each finds is a number of a layer
};

} // namespace lens
