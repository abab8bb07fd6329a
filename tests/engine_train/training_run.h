// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A run of the tiny llama of tests/data, in this process or in the real program, and what it left behind.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"
#include "core/engine/train/progress_sink.h"
#include "core/engine/train/train_command.h"
#include "core/metrics/metrics_row.h"
#include "core/run/run_paths.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens::test {

// Remembers what a command told.
class ListeningSink : public ProgressSink {
public:
    void phase(Phase) override {}
    void preparing(std::string_view, double) override {}
    void step(const StepProgress& progress) override
    {
        lastStep = progress;
        if (onStep)
            onStep(progress);
    }
    void note(std::string_view line) override { notes += std::string(line) + "\n"; }
    void warning(std::string_view line) override { warnings += std::string(line) + "\n"; }
    void text(std::string_view piece) override { printed += piece; }

    StepProgress lastStep;
    std::function<void(const StepProgress&)> onStep;
    std::string notes;
    std::string warnings;
    std::string printed;
};

// The settings of the golden runs "tokens" of this model folder (tests/data/models/llama or a golden one): 10
// steps of 2 micro-batches, one thread, starting from its lora/ adapter.
RunConfig goldenConfig(const std::filesystem::path& modelFolder);

void writeConfig(const std::filesystem::path& file, const RunConfig& config);

// Runs in this process. Throws what the engine throws.
int train(const RunConfig& config, const std::filesystem::path& runFolder, ListeningSink& sink);
int resume(const RunConfig& config, const std::filesystem::path& runFolder, ListeningSink& sink,
           std::optional<std::uint64_t> fromStep = {});

// The rows that count, by step: those of superseded starts are gone.
std::map<std::uint64_t, MetricsRow> rowsOf(const std::filesystem::path& runFolder);
std::map<std::uint64_t, ModulesRow> moduleRowsOf(const std::filesystem::path& runFolder);
// Events of one type, as written.
std::vector<Json> eventsOf(const std::filesystem::path& runFolder, const std::string& type);

// Values of one tensor as float64.
std::vector<double> tensorOf(const std::filesystem::path& safetensors, const std::string& name);
// Largest |a − b| over all float32 tensors of a file against prefix + name in the other.
double largestDifference(const std::filesystem::path& file, const std::filesystem::path& reference,
                         const std::string& referencePrefix);

} // namespace lens::test
