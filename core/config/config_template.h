// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Configurations to start from, as text for people: JSON with a comment at every setting.
#pragma once

#include "core/config/config_field.h"
#include "core/config/run_config.h"

#include <optional>
#include <string>
#include <string_view>

namespace lens {

inline constexpr const char* kSchemaFileName = "training-lens.schema.json";

std::string_view levelName(FieldLevel level); // "basic", "advanced", "research"
std::optional<FieldLevel> levelByName(std::string_view name);

// What the template of a level proposes. Its paths are examples that have to be replaced.
RunConfig templateConfig(FieldLevel level);

// Commented JSON with the settings up to `level`. With schemaFile (a name relative to the text's own file) it
// begins with "$schema".
std::string commentedConfig(const RunConfig& config, FieldLevel level, const std::string& schemaFile = {});

} // namespace lens
