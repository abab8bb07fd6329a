// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The body of `evaluate`: what a model makes of given token ids, written so that anyone can compare.
//
// The file has these keys:
//   logits     F32 [rows, time, vocabulary], 0 at padding
//   loss       F32 [], only with labels: the mean of token_nll over all targets, weighted by tokens; NaN if
//              there is no target
//   token_nll  F32 [rows, time − 1], only with labels: −ln p(labels[:, 1:]), 0 where there is no target
#pragma once

#include "core/engine/command/evaluate_arguments.h"
#include "core/engine/train/progress_sink.h"

namespace lens {

// Row by row: in memory there are the logits of one row. The file appears when it is whole. Returns an exit
// code; throws Error.
int runEvaluate(const EvaluateCommand& command, ProgressSink& progress);

} // namespace lens
