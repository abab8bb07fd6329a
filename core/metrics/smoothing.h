// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Debiased exponential smoothing of a curve, as TensorBoard draws it: last = w·last + (1 − w)·y and
// out = last / (1 − w^k) after k finite values. NaN and infinite values pass through and are not accumulated,
// and a series that was constant so far is left untouched. Source: classicSmoothing of TensorBoard's
// data_transformer.ts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lens {

class DebiasedSmoothing {
public:
    // 0 (no smoothing) ≤ weight < 1; values outside are brought inside.
    explicit DebiasedSmoothing(double weight);
    // The smoothed value at this point.
    double add(double value);

private:
    double m_weight;
    double m_last = 0;
    double m_weightPower = 1; // w^k
    double m_first = 0;
    bool m_any = false;
    bool m_constant = true;
};

std::vector<double> smoothed(std::span<const double> values, double weight);

} // namespace lens
