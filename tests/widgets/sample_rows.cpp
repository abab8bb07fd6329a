// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/widgets/sample_rows.h"

#include <cmath>
#include <random>

namespace lens::test {

std::vector<MetricsRow> sampleRows(std::uint64_t first, std::uint64_t last, std::uint64_t evalEvery)
{
    std::mt19937 random(7);
    std::normal_distribution<double> noise;
    std::vector<MetricsRow> rows;
    for (std::uint64_t step = first; step <= last; ++step) {
        MetricsRow row;
        row.step = step;
        const double t = static_cast<double>(step);
        row.seconds = t * 1.7;
        const bool evaluates = step % evalEvery == 0;
        if (evaluates) {
            row.set(Series::EvalLoss, 1.42 + 1.05 * std::exp(-t / 350));
        }
        if (step > 0) {
            const double spike = step >= 1176 && step <= 1182 ? 0.8 : 0.0;
            row.set(Series::TrainLoss, 1.15 + 1.4 * std::exp(-t / 300) + 0.06 * noise(random) + spike);
            row.set(Series::LearningRate,
                    2e-4 * (step < 100 ? t / 100 : 0.5 + 0.5 * std::cos(3.14159 * t / 3000)));
            row.set(Series::GradNorm,
                    0.62 + 0.5 * std::exp(-t / 150) + 0.05 * std::abs(noise(random)) + spike * 1.8);
            row.set(Series::Tokens, t * 690);
            row.set(Series::TrainedTokensPerSecond, 408 + 6 * noise(random) - (evaluates ? 200 : 0));
            row.set(Series::ResidentBytes, (6.1 + 0.25 * std::sin(t / 40)) * 1073741824.0);
            row.set(Series::ResidentPeakBytes, (t < 400 ? 6.35 : 7.1) * 1073741824.0);
        }
        if (step > 1) {
            row.set(Series::GradCosine, 0.06 + 0.35 * std::exp(-t / 400) + 0.03 * noise(random));
        }
        rows.push_back(row);
    }
    return rows;
}

} // namespace lens::test
