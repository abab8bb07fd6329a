// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a plot says of one row, at the right of its header.
#pragma once

#include "widgets/plots/metric_columns.h"
#include "widgets/plots/plot_spec.h"

#include <QString>

#include <cstddef>

namespace lens {

// The value alone; for a plot with the event lane step, values and time. A row without the plot's series
// gives nothing, unless `newest` asks for the last value before it. `row` is one of columns.live().
QString plotReadOut(const PlotSpec& spec, const MetricColumns& columns, std::size_t row, bool newest);

} // namespace lens
