// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/finding.h"

#include <cmath>
#include <cstdio>

namespace lens {

std::string_view findingKindName(FindingKind kind)
{
    switch (kind) {
    case FindingKind::NonFinite:
        return "non_finite";
    case FindingKind::LossSpike:
        return "loss_spike";
    case FindingKind::GradientSpike:
        return "gradient_spike";
    case FindingKind::LossShift:
        return "loss_shift";
    case FindingKind::GradientShift:
        return "gradient_shift";
    case FindingKind::ModulesLearning:
        return "modules_learning";
    case FindingKind::ModulesNotLearning:
        return "modules_not_learning";
    case FindingKind::Overfitting:
        return "overfitting";
    }
    return "";
}

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Notice:
        return "notice";
    case Severity::Attention:
        return "attention";
    case Severity::Failure:
        return "failure";
    }
    return "";
}

Json toJson(const Finding& finding)
{
    const auto number = [](double value, bool known) { return known ? Json(value) : Json(nullptr); };
    // A value that is infinite, or NaN where that is what was found, is written as such.
    const bool hasValue = !std::isnan(finding.value) || finding.kind == FindingKind::NonFinite;
    return Json{{"kind", findingKindName(finding.kind)},
                {"severity", severityName(finding.severity)},
                {"title", finding.title},
                {"text", finding.text},
                {"value", number(finding.value, hasValue)},
                {"threshold", number(finding.threshold, !std::isnan(finding.threshold))},
                {"first_step", finding.firstStep},
                {"last_step", finding.lastStep},
                {"module", finding.module}};
}

std::string shortNumber(double value)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

} // namespace lens
