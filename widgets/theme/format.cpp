// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/format.h"

#include "widgets/theme/byte_units.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace lens {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("lens::format", text);
}

std::optional<QString> notFinite(double value)
{
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    }
    return std::nullopt;
}

// Whole minutes and larger, from a positive number of seconds.
QString longDuration(double seconds, const QLocale& locale)
{
    const auto minutes = static_cast<std::int64_t>(std::llround(seconds / 60));
    if (minutes < 60) {
        return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 min")).arg(locale.toString(qlonglong(minutes)));
    }
    if (minutes < 48 * 60) {
        return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 h %2 min"))
            .arg(minutes / 60)
            .arg(minutes % 60, 2, 10, QChar(u'0'));
    }
    const std::int64_t hours = (minutes + 30) / 60;
    return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 d %2 h"))
        .arg(locale.toString(qlonglong(hours / 24)))
        .arg(hours % 24);
}

// Two figures of a range share their unit where both have the same single one.
bool isSingleUnit(const QString& text)
{
    return text.count(u' ') == 1;
}

} // namespace

QLocale numberLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

QString formatCount(std::int64_t count, const QLocale& locale)
{
    return locale.toString(static_cast<qlonglong>(count));
}

QString formatNumber(double value, int digits, const QLocale& locale)
{
    if (const auto text = notFinite(value)) {
        return *text;
    }
    if (value == 0) {
        return locale.toString(0);
    }
    const double magnitude = std::floor(std::log10(std::abs(value)));
    if (magnitude < -4 || magnitude > 6) {
        return locale.toString(value, 'g', digits).toLower();
    }
    return locale.toString(value, 'f', std::max(0, digits - 1 - static_cast<int>(magnitude)));
}

QString formatFixed(double value, int decimals, const QLocale& locale)
{
    const auto text = notFinite(value);
    return text ? *text : locale.toString(value, 'f', decimals);
}

QString formatRatio(double ratio, const QLocale& locale)
{
    if (const auto text = notFinite(ratio)) {
        return *text;
    }
    const double percent = ratio * 100;
    const int decimals = std::abs(percent) < 10 && std::abs(percent - std::round(percent)) > 0.05 ? 1 : 0;
    return QStringLiteral("%1 %").arg(locale.toString(percent, 'f', decimals));
}

QString formatLargeCount(double count, const QLocale& locale)
{
    if (const auto text = notFinite(count)) {
        return *text;
    }
    if (std::abs(count) < 1e4) {
        return locale.toString(count, 'f', 0);
    }
    const char* suffix = "k";
    double scaled = count / 1e3;
    for (const char* next : {"M", "G", "T"}) {
        if (std::abs(scaled) < 999.5) {
            break;
        }
        scaled /= 1e3;
        suffix = next;
    }
    const double size = std::abs(scaled);
    const int decimals = size < 10 ? 2 : size < 1000 ? 1 : 0;
    return QStringLiteral("%1 %2").arg(locale.toString(scaled, 'f', decimals), QLatin1String(suffix));
}

QString formatBytes(double bytes, const QLocale& locale)
{
    if (const auto text = notFinite(bytes)) {
        return *text;
    }
    const bool decimal = byteUnits() == ByteUnits::Decimal;
    const double step = decimal ? 1000 : 1024;
    const std::array<const char*, 4> names =
        decimal ? std::array{"kB", "MB", "GB", "TB"} : std::array{"KiB", "MiB", "GiB", "TiB"};
    const char* unit = "B";
    double scaled = bytes;
    for (const char* next : names) {
        if (std::abs(scaled) < step - 0.5) {
            break;
        }
        scaled /= step;
        unit = next;
    }
    const bool whole = unit[0] == 'B' || unit[0] == 'K' || unit[0] == 'k' || std::abs(scaled) >= 99.95;
    return QStringLiteral("%1 %2").arg(locale.toString(scaled, 'f', whole ? 0 : 1), QLatin1String(unit));
}

QString formatGibibytes(double bytes, const QLocale& locale)
{
    const double gibibytes = bytes / (1024.0 * 1024.0 * 1024.0);
    return formatFixed(gibibytes, std::abs(gibibytes) < 1 ? 3 : std::abs(gibibytes) < 10 ? 2 : 1, locale);
}

QString formatTokenRate(double perSecond, const QLocale& locale)
{
    const auto text = notFinite(perSecond);
    const QString figure = text ? *text : locale.toString(perSecond, 'f', std::abs(perSecond) < 10 ? 1 : 0);
    return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 tokens/s")).arg(figure);
}

QString formatDuration(double seconds, const QLocale& locale)
{
    if (const auto text = notFinite(seconds)) {
        return *text;
    }
    if (seconds < 0.0995) {
        return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 ms"))
            .arg(locale.toString(std::max(0.0, seconds) * 1e3, 'f', 0));
    }
    if (seconds < 89.5) {
        return phrase(QT_TRANSLATE_NOOP("lens::format", "%1 s"))
            .arg(locale.toString(seconds, 'f', seconds < 9.95 ? 1 : 0));
    }
    return longDuration(seconds, locale);
}

QString formatDurationRange(double low, double high, const QLocale& locale)
{
    const QString from = formatDuration(low, locale);
    const QString to = formatDuration(high, locale);
    if (from == to) {
        return to;
    }
    const QString unit = to.section(u' ', -1);
    if (isSingleUnit(from) && isSingleUnit(to) && from.endsWith(u' ' + unit)) {
        return from.section(u' ', 0, 0) + QChar(0x2013) + to;
    }
    return from + QStringLiteral(" – ") + to;
}

QString formatClock(double seconds)
{
    if (const auto text = notFinite(seconds)) {
        return *text;
    }
    const auto whole = static_cast<qlonglong>(std::max(0.0, seconds));
    return QStringLiteral("%1:%2:%3")
        .arg(whole / 3600, 2, 10, QChar(u'0'))
        .arg(whole / 60 % 60, 2, 10, QChar(u'0'))
        .arg(whole % 60, 2, 10, QChar(u'0'));
}

QString formatLearningRate(double value)
{
    const auto text = notFinite(value);
    return text ? *text : value == 0 ? QStringLiteral("0") : QString::number(value, 'e', 2);
}

QString formatProgress(std::uint64_t step, std::uint64_t total, const QLocale& locale)
{
    const QString done = formatCount(static_cast<std::int64_t>(step), locale);
    return total == 0
               ? done
               : QStringLiteral("%1 / %2").arg(done, formatCount(static_cast<std::int64_t>(total), locale));
}

QString formatSeriesValue(Series series, double value, const QLocale& locale)
{
    switch (series) {
    case Series::TrainLoss:
    case Series::EvalLoss:
        return formatFixed(value, std::abs(value) < 0.1 ? 5 : 3, locale);
    case Series::LearningRate:
    case Series::LearningRateB:
        return formatLearningRate(value);
    case Series::TokensPerSecond:
    case Series::TrainedTokensPerSecond:
        return formatTokenRate(value, locale);
    case Series::StepSeconds:
    case Series::DataSeconds:
    case Series::ForwardSeconds:
    case Series::BackwardSeconds:
    case Series::OptimizerSeconds:
    case Series::MonitorSeconds:
    case Series::EvalSeconds:
    case Series::SaveSeconds:
        return formatDuration(value, locale);
    case Series::ResidentBytes:
    case Series::ResidentPeakBytes:
    case Series::DeviceLiveBytes:
    case Series::DeviceReservedBytes:
    case Series::DevicePeakBytes:
        return formatBytes(value, locale);
    case Series::NonFiniteGradients:
    case Series::SkippedSteps:
    case Series::Tokens:
    case Series::TrainedTokens:
        return formatFixed(value, 0, locale);
    case Series::Epoch:
        return formatFixed(value, 2, locale);
    default:
        return formatNumber(value, 3, locale);
    }
}

} // namespace lens
