// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Where the parts of the program find each other, in a build tree as in an installed one.
#pragma once

#include <filesystem>

namespace lens {

// The folder of the running program, symbolic links followed.
std::filesystem::path programFolder();

// Icons, themes, demo: $LENS_RESOURCES, else <program>/../share/training-lens, else the source tree's
// resources/. May not exist.
std::filesystem::path resourceFolder();

// training-lens-engine: $LENS_ENGINE, else beside the program, else in ../bin or ../libexec/training-lens.
// Empty if there is none.
std::filesystem::path engineProgram();

// The LibTorch half of the engine (liblens_engine.so): $LENS_ENGINE_LIBRARY, else in ../lib of the program
// (build tree), else in the library folder of the installation. Empty if there is none.
std::filesystem::path engineLibrary();

} // namespace lens
