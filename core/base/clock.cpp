// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/clock.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <limits>

namespace lens {
namespace {

double secondsOf(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

} // namespace

double unixNow()
{
    return secondsOf(CLOCK_REALTIME);
}

double monotonicSeconds()
{
    return secondsOf(CLOCK_MONOTONIC);
}

std::string utcNow()
{
    return utcText(unixNow());
}

std::string utcText(double seconds)
{
    const auto milliseconds = static_cast<std::int64_t>(std::floor(seconds * 1000 + 0.5));
    const std::time_t whole = milliseconds / 1000;
    std::tm parts{};
    ::gmtime_r(&whole, &parts);
    char text[96];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  static_cast<int>(milliseconds % 1000));
    return text;
}

double unixSeconds(const std::string& utc)
{
    std::tm parts{};
    double seconds = 0;
    if (std::sscanf(utc.c_str(), "%d-%d-%dT%d:%d:%lfZ", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                    &parts.tm_hour, &parts.tm_min, &seconds) != 6)
        return std::numeric_limits<double>::quiet_NaN();
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    return static_cast<double>(::timegm(&parts)) + seconds;
}

} // namespace lens
