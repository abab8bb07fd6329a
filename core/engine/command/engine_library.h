// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Loads the LibTorch half of the engine, after all that has to be settled before: OpenMP reads its
// environment when it is loaded, and the BLAS that is there first is the one that is used.
#pragma once

#include <string>
#include <vector>

namespace lens {

// Threads of OpenMP (0: physical cores) and a bound on how long waiting threads spin. What the user set in
// the environment stands.
void prepareOpenMp(int threads);

// Loads the OpenBLAS that works with OpenMP, if this machine has it. $LENS_BLAS names another library, or is
// "system" for whatever the system chose.
void loadBlas();

// Loads liblens_engine.so and hands the words over. Throws Error if it is missing or broken.
int runInEngine(const std::string& command, const std::vector<std::string>& words);

} // namespace lens
