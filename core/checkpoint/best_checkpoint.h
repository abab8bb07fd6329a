// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which of the checkpoints at hand had the least evaluation loss.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

// `logHistory` of trainer_state.json. Absent if none of the steps was evaluated.
std::optional<std::uint64_t> bestCheckpoint(const std::vector<std::uint64_t>& steps, const Json& logHistory);

} // namespace lens
