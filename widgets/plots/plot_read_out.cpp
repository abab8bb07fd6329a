// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/plot_read_out.h"

#include "widgets/theme/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace lens {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("lens::PlotReadOut", text);
}

QString valueText(const ColumnBranch& branch, Series series, std::size_t row, bool orBefore)
{
    const ValueCurve& curve = branch.curve(series);
    const std::size_t place = curve.lowerPlace(row);
    const bool exact = place < curve.size() && curve.row(place) == row;
    if (!exact && (!orBefore || place == 0)) {
        return {};
    }
    return formatSeriesValue(series, curve.values()[exact ? place : place - 1]);
}

QString mainText(const PlotSpec& spec, const MetricColumns& columns, std::size_t row, const QString& value)
{
    const QString named = spec.seriesName + u' ' + value;
    const ValueCurve& curve = columns.live().curve(spec.series);
    const std::size_t place = curve.lowerPlace(row);
    if (columns.smoothing() == 0 || place >= curve.smoothed().size() || curve.row(place) != row) {
        return named;
    }
    return phrase(QT_TRANSLATE_NOOP("lens::PlotReadOut", "%1 (smoothed %2)"))
        .arg(named, formatSeriesValue(spec.series, curve.smoothed()[place]));
}

} // namespace

QString plotReadOut(const PlotSpec& spec, const MetricColumns& columns, std::size_t row, bool newest)
{
    const ColumnBranch& live = columns.live();
    const QString value = valueText(live, spec.series, row, newest);
    if (!spec.eventLane) {
        return value;
    }
    QStringList parts;
    parts << phrase(QT_TRANSLATE_NOOP("lens::PlotReadOut", "step %1"))
                 .arg(formatCount(static_cast<std::int64_t>(live.x(XAxis::Step)[row])));
    if (!value.isEmpty()) {
        parts << mainText(spec, columns, row, value);
    }
    if (spec.sparse) {
        // Evaluations are rare: the last one before the cursor is the one that holds there.
        const QString sparse = valueText(live, *spec.sparse, row, true);
        if (!sparse.isEmpty()) {
            parts << spec.sparseName + u' ' + sparse;
        }
    }
    parts << formatClock(live.x(XAxis::Elapsed)[row]);
    return parts.join(QStringLiteral(" · "));
}

} // namespace lens
