// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Time: wall clock as ISO 8601 UTC text for files, monotonic seconds for durations.
#pragma once

#include <cstdint>
#include <string>

namespace lens {

// "2026-11-22T17:05:12.345Z"
std::string utcNow();
std::string utcText(double unixSeconds);
// Seconds since 1970, NaN if the text is not of that form.
double unixSeconds(const std::string& utc);
double unixNow();
// Seconds of CLOCK_MONOTONIC.
double monotonicSeconds();

} // namespace lens
