// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/learning_check.h"

#include "core/base/translate.h"
#include "core/metrics/statistics.h"

#include <algorithm>
#include <cmath>

namespace lens {
namespace {

constexpr int kRowsNeeded = 3;
constexpr double kNothing = 1e-12;
constexpr double kShareOfMedian = 1e-3;
constexpr std::size_t kNamesShown = 5;

std::vector<double> columnOf(const ModulesRow& row, ModuleField field)
{
    std::vector<double> values;
    for (std::size_t i = static_cast<std::size_t>(field); i < row.values.size(); i += kModuleFieldCount)
        values.push_back(static_cast<double>(row.values[i]));
    return values;
}

std::string listOf(const std::vector<std::string>& names, const std::vector<std::size_t>& chosen)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(chosen.size(), kNamesShown); ++i)
        text += (i > 0 ? ", " : "") + names[chosen[i]];
    if (chosen.size() > kNamesShown)
        text += " and " + std::to_string(chosen.size() - kNamesShown) + " more";
    return text;
}

Finding allLearning(const ModulesRow& row, std::uint64_t firstStep)
{
    Finding finding;
    finding.kind = FindingKind::ModulesLearning;
    finding.severity = Severity::Notice;
    finding.title = LENS_TR("All modules are learning");
    finding.text =
        fillText(LENS_TR("All {count} adapted modules change their weights since the warm-up ended "
                         "(looked at up to step {step})."),
                 {{"count", std::to_string(row.values.size() / kModuleFieldCount)},
                  {"step", std::to_string(row.step)}});
    finding.firstStep = firstStep;
    finding.lastStep = row.step;
    return finding;
}

} // namespace

LearningCheck::LearningCheck(std::uint64_t warmupSteps) : m_warmupSteps(warmupSteps) {}

std::optional<Finding> LearningCheck::add(const ModulesRow& row, const std::vector<std::string>& names,
                                          double learningRate)
{
    const std::size_t count = std::min(names.size(), row.values.size() / kModuleFieldCount);
    // Step 1 shows B at most one update after 0.
    if (count == 0 || row.step <= std::max<std::uint64_t>(m_warmupSteps, 1) || learningRate == 0)
        return std::nullopt;
    m_idleRows.resize(count, 0);
    m_reported.resize(count, 0);
    const std::vector<double> normB = columnOf(row, ModuleField::NormB);
    const std::vector<double> updates = columnOf(row, ModuleField::UpdateRatio);
    const double usual = median(updates);
    const double least = std::isnan(usual) ? kNothing : std::max(kNothing, kShareOfMedian * usual);
    std::vector<std::size_t> idle;
    for (std::size_t i = 0; i < count; ++i) {
        const bool nothing = normB[i] < kNothing || updates[i] < least; // false where NaN
        m_idleRows[i] = nothing ? m_idleRows[i] + 1 : 0;
        if (m_idleRows[i] >= kRowsNeeded && !m_reported[i]) {
            m_reported[i] = 1;
            idle.push_back(i);
        }
    }
    if (m_rows == 0)
        m_firstStep = row.step;
    const bool verdict = m_rows < kRowsNeeded && ++m_rows == kRowsNeeded;
    if (!idle.empty())
        return notLearning(row, names, idle);
    const bool anyIdle = std::any_of(m_idleRows.begin(), m_idleRows.end(), [](int rows) { return rows > 0; });
    return verdict && !anyIdle ? std::optional(allLearning(row, m_firstStep)) : std::nullopt;
}

Finding LearningCheck::notLearning(const ModulesRow& row, const std::vector<std::string>& names,
                                   const std::vector<std::size_t>& idle) const
{
    Finding finding;
    finding.kind = FindingKind::ModulesNotLearning;
    finding.severity = Severity::Notice;
    finding.title = LENS_TR("Modules do not learn");
    finding.text = fillText(
        LENS_TR(
            "{idle} of {count} adapted modules did not change in {rows} readings up to step {step}: {names}. "
            "Their B is still 0, or their updates are below a thousandth of the other modules'. Check that "
            "target_modules names layers that the data reaches, and that the learning rate is not too "
            "small."),
        {{"idle", std::to_string(idle.size())},
         {"count", std::to_string(m_idleRows.size())},
         {"rows", std::to_string(kRowsNeeded)},
         {"step", std::to_string(row.step)},
         {"names", listOf(names, idle)}});
    const std::vector<double> updates = columnOf(row, ModuleField::UpdateRatio);
    const double usual = median(updates);
    finding.value = updates[idle.front()];
    finding.threshold = std::isnan(usual) ? kNothing : std::max(kNothing, kShareOfMedian * usual);
    finding.firstStep = m_firstStep;
    finding.lastStep = row.step;
    finding.module = names[idle.front()];
    return finding;
}

Json LearningCheck::state() const
{
    return {
        {"idle_rows", m_idleRows}, {"reported", m_reported}, {"rows", m_rows}, {"first_step", m_firstStep}};
}

void LearningCheck::restore(const Json& state)
{
    m_idleRows = state.at("idle_rows").get<std::vector<int>>();
    m_reported = state.at("reported").get<std::vector<char>>();
    m_rows = state.at("rows").get<int>();
    m_firstStep = state.at("first_step").get<std::uint64_t>();
}

} // namespace lens
