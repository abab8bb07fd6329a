// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/adamw.h"

#include "core/engine/kernels/adamw_loops.h"
#include "core/engine/kernels/dispatch.h"

namespace lens::kernels {

void adamW(const AdamWSpan& span, const AdamWFactors& factors)
{
    withSet([]<InstructionSet kSet>() { return adamWLoop<kSet>(); })(span, factors);
}

} // namespace lens::kernels
