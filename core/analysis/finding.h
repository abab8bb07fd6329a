// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Something about a run that a person should know: what, where, against which threshold, and what one could
// do.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace lens {

enum class FindingKind {
    NonFinite,
    LossSpike,
    GradientSpike,
    LossShift, // it rose and stayed there
    GradientShift,
    ModulesLearning, // all is well
    ModulesNotLearning,
    Overfitting,
};

enum class Severity { Notice, Attention, Failure };

std::string_view findingKindName(FindingKind kind);
std::string_view severityName(Severity severity);

struct Finding {
    FindingKind kind = FindingKind::NonFinite;
    Severity severity = Severity::Notice;
    std::string title; // English, marked LENS_TR: a window may translate it
    std::string text;  // English, with the numbers filled in
    double value = std::numeric_limits<double>::quiet_NaN(); // NaN: there is none
    double threshold =
        std::numeric_limits<double>::quiet_NaN(); // what `value` was held against; NaN: there is none
    std::uint64_t firstStep = 0;
    std::uint64_t lastStep = 0;
    std::string module; // or tensor; empty: the whole model
};

// The fields of the journal's "finding" event (core/protocol/event.h).
Json toJson(const Finding& finding);

// Four significant digits, for texts.
std::string shortNumber(double value);

} // namespace lens
