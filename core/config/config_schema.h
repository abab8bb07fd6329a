// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The JSON Schema (draft 2020-12) of a configuration, for editors: completion, tooltips and marks at errors.
#pragma once

#include "core/base/json.h"

namespace lens {

Json configSchema();

} // namespace lens
