// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/axis_text.h"

#include "widgets/theme/format.h"

#include <algorithm>
#include <cmath>

namespace lens {

namespace {

// Smallest number of decimals that writes the value; at most `most`.
int neededDecimals(double value, int most)
{
    double shifted = std::abs(value);
    for (int decimals = 0; decimals < most; ++decimals, shifted *= 10) {
        if (std::abs(shifted - std::round(shifted)) < 1e-6 * shifted) {
            return decimals;
        }
    }
    return most;
}

// 1.5e-4, without zeros that say nothing.
QString smallNumber(double value)
{
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    return QStringLiteral("%1e%2")
        .arg(QString::number(value * std::pow(10, -exponent), 'g', 3))
        .arg(exponent);
}

QString timeTickText(double seconds, double step)
{
    const auto whole = static_cast<qlonglong>(std::llround(seconds));
    if (step < 60) {
        return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QChar(u'0'));
    }
    return whole == 0 ? QStringLiteral("0") : formatDuration(static_cast<double>(whole));
}

} // namespace

QString valueTickText(double tick, double step)
{
    if (std::abs(tick) < step * 1e-6) {
        return QStringLiteral("0");
    }
    const double size = std::max(std::abs(tick), step);
    if (size < 2e-3) {
        return smallNumber(tick);
    }
    if (size >= 1e5) {
        return formatLargeCount(tick);
    }
    return formatFixed(tick, neededDecimals(step > 0 ? step : tick, 6));
}

QString xTickText(XAxis axis, double tick, double step)
{
    if (tick < -step * 1e-6) {
        return {}; // nothing happened before the start
    }
    switch (axis) {
    case XAxis::Step:
        return tick == std::floor(tick) ? formatCount(static_cast<std::int64_t>(tick)) : QString();
    case XAxis::Elapsed:
        return timeTickText(tick, step);
    case XAxis::Tokens:
        return formatLargeCount(tick);
    }
    return {};
}

} // namespace lens
