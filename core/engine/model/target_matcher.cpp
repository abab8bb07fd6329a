// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/target_matcher.h"

#include <algorithm>

namespace lens {

TargetMatcher::TargetMatcher(const LoraConfig& config)
    : m_allLinear(config.allLinear)
    , m_names(config.targets)
{
    if (m_allLinear || config.targetRegex.empty())
        return;
    const std::string where = "target_modules";
    Regex::ofPcre(config.targetRegex, where); // by itself: "a)(b" would pass in brackets
    m_expression = Regex::ofPcre("\\A(?:" + config.targetRegex + ")\\z", where);
}

bool TargetMatcher::matches(const std::string& path, bool isHead) const
{
    if (m_allLinear)
        return !isHead;
    if (m_expression) {
        MatchScratch scratch;
        return m_expression->find(path, 0, scratch).has_value();
    }
    return std::any_of(m_names.begin(), m_names.end(), [&path](const std::string& name) {
        return path == name || path.ends_with("." + name);
    });
}

} // namespace lens
