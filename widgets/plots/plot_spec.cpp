// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/plot_spec.h"

#include "widgets/theme/byte_units.h"

#include <QCoreApplication>

namespace lens {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("lens::PlotSpec", text);
}

PlotSpec lossSpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("lossPlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Loss"));
    spec.note = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "nats a token"));
    spec.seriesName = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "train"));
    spec.sparse = Series::EvalLoss;
    spec.sparseName = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "evaluation"));
    spec.eventLane = true;
    return spec;
}

PlotSpec learningRateSpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("learningRatePlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Learning rate"));
    spec.note = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "of each step's update"));
    spec.series = Series::LearningRate;
    spec.colour = &Theme::learningRate;
    spec.smoothed = false;
    spec.includeZero = true;
    return spec;
}

PlotSpec gradNormSpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("gradNormPlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Gradient norm"));
    spec.note = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "before clipping"));
    spec.series = Series::GradNorm;
    spec.colour = &Theme::gradNorm;
    spec.includeZero = true;
    return spec;
}

PlotSpec gradCosineSpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("gradCosinePlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Gradient cosine"));
    spec.note = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "consecutive steps"));
    spec.series = Series::GradCosine;
    spec.colour = &Theme::gradCosine;
    spec.includeZero = true;
    return spec;
}

PlotSpec memorySpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("memoryPlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Memory"));
    const bool decimal = byteUnits() == ByteUnits::Decimal;
    spec.note = decimal ? phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "GB · resident, peak dashed"))
                        : phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "GiB · resident, peak dashed"));
    spec.series = Series::ResidentBytes;
    spec.colour = &Theme::memory;
    spec.smoothed = false;
    spec.dashed = Series::ResidentPeakBytes;
    spec.scale = decimal ? 1e-9 : 1.0 / (1024.0 * 1024.0 * 1024.0);
    return spec;
}

PlotSpec throughputSpec()
{
    PlotSpec spec;
    spec.id = QStringLiteral("throughputPlot");
    spec.title = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "Throughput"));
    spec.note = phrase(QT_TRANSLATE_NOOP("lens::PlotSpec", "trained tokens a second"));
    spec.series = Series::TrainedTokensPerSecond;
    spec.colour = &Theme::throughput;
    spec.includeZero = true;
    return spec;
}

} // namespace

std::vector<PlotSpec> livePlotSpecs()
{
    return {lossSpec(), learningRateSpec(), gradNormSpec(), gradCosineSpec(), memorySpec(), throughputSpec()};
}

} // namespace lens
