// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/init_command.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/nearest_name.h"
#include "core/config/config_schema.h"
#include "core/config/config_template.h"

#include <cstdio>
#include <filesystem>

namespace lens {
namespace {

FieldLevel askedLevel(const Arguments& arguments)
{
    const std::string name = arguments.value("--template").value_or("basic");
    if (const auto level = levelByName(name))
        return *level;
    const auto nearest = nearestName(name, {"basic", "advanced", "research"});
    throw UsageError("found \"" + name + "\", allowed basic, advanced or research", "--template",
                     nearest ? "did you mean " + *nearest + "?" : "");
}

} // namespace

int runInit(const Arguments& arguments)
{
    const FieldLevel level = askedLevel(arguments);
    const std::filesystem::path file = arguments.positional().value_or("training.json");
    if (std::filesystem::exists(file) && !arguments.has("--force"))
        throw Error("exists already", file.string(), "choose another name, or --force to replace it");
    const auto schema = file.parent_path() / kSchemaFileName;
    writeFileAtomically(schema, toJsonText(configSchema()));
    writeFileAtomically(file, commentedConfig(templateConfig(level), level, kSchemaFileName));
    std::printf(
        "Wrote %s and %s.\nSet model.path and data.train_file in it, then: training-lens-engine train %s\n",
        file.c_str(), schema.c_str(), file.c_str());
    return 0;
}

} // namespace lens
