// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What stands at the ticks of the axes: as many digits as their distance needs.
#pragma once

#include "widgets/plots/metric_columns.h"

#include <QString>

namespace lens {

// `step` is the distance of the ticks; 0 where they are not evenly spaced.
QString valueTickText(double tick, double step);
QString xTickText(XAxis axis, double tick, double step);

} // namespace lens
