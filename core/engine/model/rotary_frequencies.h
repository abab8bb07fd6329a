// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How fast each pair of a rotated head turns: the scaling forms of transformers (modeling_rope_utils.py).
#pragma once

#include "core/model_files/rope_config.h"

#include <cstdint>
#include <vector>

namespace lens {

// Radians per position of each of the rotaryDim / 2 pairs, in the float32 steps of transformers, for a row of
// `length` positions:
// default  θ^(−2i/r)
// linear   that, divided by the factor
// dynamic  beyond maxPositions L with θ (s length/L − (s − 1))^(r/(r−2)) in place of θ
// yarn     kept where a pair turns more than betaFast times within the original length, divided by the factor
//          below betaSlow turns, a linear ramp over the dimensions between (Peng et al. 2023, arXiv
//          2309.00071)
// longrope each divided by its short factor, in rows beyond the original length by its long factor (Ding et
//          al. 2024, arXiv 2402.13753)
// llama3   wavelengths above original/lowFreqFactor divided by the factor, below original/highFreqFactor
// kept,
//          between interpolated
std::vector<float> rotaryFrequencies(const RopeConfig& config, std::int64_t length = 0);

// Rows of the same variant turn alike: 0 for rows of usual length, else a number of the scaling's own.
std::int64_t frequencyVariant(const RopeConfig& config, std::int64_t length);

} // namespace lens
