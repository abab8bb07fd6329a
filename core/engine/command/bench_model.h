// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The model that `bench` measures: of a folder, or random in a preset's shape.
#pragma once

#include "core/engine/command/bench_arguments.h"
#include "core/engine/model/model.h"

#include <filesystem>

namespace lens {

class TemporaryBenchFolder {
public:
    TemporaryBenchFolder(); // throws Error
    ~TemporaryBenchFolder();
    TemporaryBenchFolder(const TemporaryBenchFolder&) = delete;
    TemporaryBenchFolder& operator=(const TemporaryBenchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

// The folder with the command's model; of a preset: `scratch`, with its config.json alone.
std::filesystem::path benchModelFolder(const BenchCommand& command, const std::filesystem::path& scratch);
// Loaded, or random where the folder has no weights, with fresh adapters on all linear modules.
Model benchModel(const BenchCommand& command, const std::filesystem::path& folder, StorageType dtype,
                 at::Device device);

// Writes the preset's config.json and random weights to command.writeModel. Takes about three times the
// memory of the weights in float32.
void writeBenchModel(const BenchCommand& command);

} // namespace lens
