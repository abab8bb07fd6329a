// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a model folder holds beside config.json and weights: tokenizer, chat templates, settings of
// generation.
#pragma once

#include <filesystem>

namespace lens {

// Copies those that are in `from` and not yet in `to`. Throws Error.
void copyCompanionFiles(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace lens
