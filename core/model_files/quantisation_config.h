// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// quantization_config of a config.json: how the weights were quantised before they were saved.
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"

#include <string>
#include <vector>

namespace lens {

// Adds a problem unless it is what the engine reads: 4-bit NF4 of bitsandbytes. `where` names the
// config.json. Which tensors are quantised, and in what blocks, the weights' files say themselves.
void requireNf4(const Json& quantisation, const std::string& where, std::vector<Problem>& problems);

} // namespace lens
