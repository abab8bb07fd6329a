// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loop of adamw.h.
#pragma once

#include "core/engine/kernels/adamw.h"
#include "core/engine/kernels/instruction_set.h"

namespace lens::kernels {

using AdamWLoop = void (*)(const AdamWSpan& span, const AdamWFactors& factors);

template <InstructionSet kSet>
AdamWLoop adamWLoop();

} // namespace lens::kernels
