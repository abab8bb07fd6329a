// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What `bench` says of the machine and of this process.
#pragma once

#include "core/base/json.h"

#include <ATen/core/Tensor.h>

#include <optional>

namespace lens {

// Of the last minute; NaN if the system does not say.
double loadAverage();
// Seconds since this process was started, in the hundredths that the kernel counts.
double secondsSinceStart();
// Lets the peak of resident memory begin anew; whether the system allowed it.
bool resetPeakMemory();
// Processor, cores, threads, versions, BLAS, and the rate of square products in both types.
Json benchMachine(at::Device device, double load);
// What of it makes the figures worth less.
Json benchWarnings(const Json& machine);

} // namespace lens
