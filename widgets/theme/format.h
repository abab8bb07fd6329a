// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Numbers as people read them: with units, as many digits as mean something, thousands separated by the
// locale. NaN is written "NaN", infinities "∞": what the computation gave is shown, never hidden.
#pragma once

#include "core/metrics/catalogue.h"

#include <QLocale>
#include <QString>

#include <cstdint>

namespace lens {

// The user's locale; English figures where the environment names none (C), which has no separators.
QLocale numberLocale();

QString formatCount(std::int64_t count, const QLocale& locale = numberLocale()); // 12,480
// `digits` significant ones; very small and very large numbers with an exponent: 1.168, 0.0308, 2e-05.
QString formatNumber(double value, int digits = 4, const QLocale& locale = numberLocale());
// Exactly `decimals` behind the point, for figures that change in place.
QString formatFixed(double value, int decimals, const QLocale& locale = numberLocale());
QString formatRatio(double ratio, const QLocale& locale = numberLocale());         // 0.914 → 91 %
QString formatLargeCount(double count, const QLocale& locale = numberLocale());    // 134.5 M
QString formatBytes(double bytes, const QLocale& locale = numberLocale());         // 888 MiB, 6.3 GiB
QString formatGibibytes(double bytes, const QLocale& locale = numberLocale());     // 6.3, for axes in GiB
QString formatTokenRate(double perSecond, const QLocale& locale = numberLocale()); // 412 tokens/s
QString formatDuration(double seconds,
                       const QLocale& locale = numberLocale()); // 12 s, 49 min, 1 h 05 min, 2 d 3 h
// Times left are a range: 49–53 min. One figure where both read the same.
QString formatDurationRange(double low, double high, const QLocale& locale = numberLocale());
QString formatClock(double seconds);      // 00:58:12, since the start
QString formatLearningRate(double value); // 1.97e-04
// "1,740 / 3,000"; without the total where it is 0 (not known).
QString formatProgress(std::uint64_t step, std::uint64_t total, const QLocale& locale = numberLocale());

// A series' value with its unit, as the read-out under the cursor writes it.
QString formatSeriesValue(Series series, double value, const QLocale& locale = numberLocale());

} // namespace lens
