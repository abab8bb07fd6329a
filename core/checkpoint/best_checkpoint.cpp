// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/best_checkpoint.h"

#include <algorithm>
#include <cmath>

namespace lens {

std::optional<std::uint64_t> bestCheckpoint(const std::vector<std::uint64_t>& steps, const Json& logHistory)
{
    std::optional<std::uint64_t> best;
    double least = 0;
    for (const Json& row : logHistory) {
        if (!row.is_object() || !row.contains("eval_loss") || !row.contains("step") ||
            !row["step"].is_number_unsigned())
            continue;
        const auto step = row["step"].get<std::uint64_t>();
        const double loss = jsonNumber(row["eval_loss"]);
        if (std::isfinite(loss) && (!best || loss < least) &&
            std::find(steps.begin(), steps.end(), step) != steps.end()) {
            best = step;
            least = loss;
        }
    }
    return best;
}

} // namespace lens
