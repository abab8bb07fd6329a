// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the command line answers with.
#pragma once

namespace lens {

enum class ExitCode { Ok = 0, Failed = 1, WrongUsage = 2 };

} // namespace lens
