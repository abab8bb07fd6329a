// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Where things of the user live (XDG base directories).
#pragma once

#include <filesystem>

namespace lens {

std::filesystem::path homeFolder();
// $XDG_DATA_HOME/training-lens (default ~/.local/share/training-lens)
std::filesystem::path dataFolder();
// The default run library: dataFolder()/runs
std::filesystem::path defaultLibrary();
// $XDG_CACHE_HOME/training-lens
std::filesystem::path cacheFolder();
// "~/x" becomes the home folder's x; other paths are unchanged.
std::filesystem::path expandUser(const std::filesystem::path& path);

} // namespace lens
