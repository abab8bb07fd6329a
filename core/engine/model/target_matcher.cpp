// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/target_matcher.h"

#include <algorithm>
#include <charconv>

namespace lens {
namespace {

bool found(const Regex& expression, const std::string& path)
{
    MatchScratch scratch;
    return expression.find(path, 0, scratch).has_value();
}

// Of an expression that somebody wrote, between two of ours. By itself first: "a)(b" would pass in brackets.
Regex framed(const std::string& before, const std::string& expression, const std::string& after,
             const std::string& where)
{
    Regex::ofPcre(expression, where);
    return Regex::ofPcre(before + expression + after, where);
}

// "q_proj" names "model.layers.0.self_attn.q_proj".
bool isEndOf(const std::string& name, const std::string& path)
{
    return path == name || path.ends_with("." + name);
}

} // namespace

PathSelection::PathSelection(std::vector<std::string> names, const std::string& expression,
                             const std::string& where)
    : m_names(std::move(names))
{
    if (!expression.empty())
        m_expression = framed("\\A(?:", expression, ")\\z", where);
}

bool PathSelection::matches(const std::string& path) const
{
    if (m_expression)
        return found(*m_expression, path);
    return std::any_of(m_names.begin(), m_names.end(),
                       [&path](const std::string& name) { return isEndOf(name, path); });
}

bool PathSelection::names(const std::string& path) const
{
    return std::find(m_names.begin(), m_names.end(), path) != m_names.end();
}

PathPattern::PathPattern(const std::vector<std::pair<std::string, double>>& pattern, const std::string& where)
{
    for (const auto& [expression, value] : pattern)
        m_rows.emplace_back(framed("\\A(.*\\.)?(", expression, ")$", where), value);
}

std::optional<double> PathPattern::find(const std::string& path) const
{
    for (const auto& [expression, value] : m_rows)
        if (found(expression, path))
            return value;
    return std::nullopt;
}

TargetMatcher::TargetMatcher(const LoraConfig& config)
    : m_allLinear(config.allLinear)
    , m_byNames(config.targetRegex.empty())
    , m_targets(config.targets, config.targetRegex, "target_modules")
    , m_excluded(config.excluded, config.excludedRegex, "exclude_modules")
    , m_layers(config.layers)
{
    for (const std::string& name : config.modulesToSave)
        m_saved.push_back(framed("\\A(^|.*\\.)", name, "($|\\..*)", "modules_to_save"));
    if (m_layers.empty())
        return;
    // \K: only what follows is the match.
    if (config.layersPatterns.empty())
        m_layerNumbers.push_back(Regex::ofPcre("\\A.*?\\.[^.]*\\.\\K\\d+(?=\\.)", "layers_pattern"));
    for (const std::string& pattern : config.layersPatterns)
        m_layerNumbers.push_back(framed("\\A.*?\\.", pattern, "\\.\\K\\d+(?=\\.)", "layers_pattern"));
}

bool TargetMatcher::matches(const std::string& path, bool isHead) const
{
    if (m_excluded.matches(path))
        return false;
    for (const Regex& saved : m_saved)
        if (found(saved, path))
            return false;
    if (m_allLinear)
        return !isHead && isInLayers(path);
    if (!m_targets.matches(path))
        return false;
    return !m_byNames || m_targets.names(path) || isInLayers(path);
}

bool TargetMatcher::isInLayers(const std::string& path) const
{
    if (m_layers.empty())
        return true;
    MatchScratch scratch;
    for (const Regex& expression : m_layerNumbers) {
        const auto match = expression.find(path, 0, scratch);
        if (!match)
            continue;
        std::int64_t number = -1;
        std::from_chars(path.data() + match->begin, path.data() + match->end, number);
        return std::find(m_layers.begin(), m_layers.end(), number) != m_layers.end();
    }
    return false;
}

} // namespace lens
