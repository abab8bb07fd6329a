// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a plot shows, as a value: which series, how it is called, what lies behind the curve.
#pragma once

#include "core/metrics/catalogue.h"
#include "widgets/theme/theme.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

struct PlotSpec {
    QString id;    // "loss", object name of the plot
    QString title; // "Loss"
    QString note;  // unit or definition, muted beside the title
    Series series = Series::TrainLoss;
    QString seriesName; // in the read-out where there are several: "train"
    QColor Theme::*colour = &Theme::train;
    bool smoothed = true; // raw curve pale under the smoothed one

    // Drawn as a line with circles: values of some steps only.
    std::optional<Series> sparse;
    QString sparseName;
    QColor Theme::*sparseColour = &Theme::evaluation;
    // Drawn as a dashed line, like the peak over the current value.
    std::optional<Series> dashed;

    bool eventLane = false; // marks above the plot
    bool includeZero = false;
    double scale = 1; // drawn value = value * scale: bytes are drawn in GiB
};

struct PlotBand {
    double low = 0;
    double high = 0;
};

// What happened at a step.
struct PlotEvent {
    enum class Kind { Checkpoint, Pause, Finding, Resume, Evaluation };
    Kind kind = Kind::Checkpoint;
    std::uint64_t step = 0;
    QString text; // told when the pointer is over it

    bool operator==(const PlotEvent&) const = default;
};

// The six of the Live page: loss (with evaluation and the event lane), learning rate, gradient norm, gradient
// cosine, memory, tokens per second.
std::vector<PlotSpec> livePlotSpecs();

} // namespace lens
