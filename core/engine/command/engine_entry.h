// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one function through which the program calls the LibTorch half of the engine.
#pragma once

namespace lens {

// `command` and the words after it. Prints its own errors; returns an exit code.
using EngineEntry = int (*)(const char* command, int count, const char* const* words);
inline constexpr const char* kEngineEntryName = "lens_engine_run";

} // namespace lens

extern "C" int lens_engine_run(const char* command, int count, const char* const* words);
