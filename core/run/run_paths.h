// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The names inside a run folder. Nobody else spells them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace lens {

struct RunPaths {
    std::filesystem::path folder;

    std::filesystem::path runJson() const { return folder / "run.json"; }
    std::filesystem::path launchConfig() const
    {
        return folder / "config.json";
    } // as given to `train`, before it is resolved
    std::filesystem::path lock() const { return folder / "run.lock"; }
    std::filesystem::path maintenanceLock() const { return folder / "maintenance.lock"; }
    std::filesystem::path segments() const { return folder / "metrics"; }
    std::filesystem::path consolidated() const { return folder / "metrics.h5"; }
    std::filesystem::path events() const { return folder / "events.jsonl"; }
    std::filesystem::path commands() const { return folder / "commands.jsonl"; }
    std::filesystem::path samples() const { return folder / "samples.jsonl"; }
    std::filesystem::path log() const { return folder / "engine.log"; }
    std::filesystem::path checkpoints() const { return folder / "checkpoints"; }
    std::filesystem::path labels() const
    {
        return folder / "labels.json";
    } // name and tags given later by the user
    std::filesystem::path checkpoint(std::uint64_t step) const
    {
        return checkpoints() / ("checkpoint-" + std::to_string(step));
    }
};

} // namespace lens
