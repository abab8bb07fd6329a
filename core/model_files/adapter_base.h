// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The model that an adapter belongs to.
#pragma once

#include <filesystem>

namespace lens {

// The folder that the adapter's base_model_name_or_path names: as a path, or beside the adapter. Throws Error
// if there is no such folder here (a name of a hub, a path of another machine).
std::filesystem::path baseModelOf(const std::filesystem::path& adapterFolder);

} // namespace lens
