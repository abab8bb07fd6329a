// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One training step, made of the trainer's own parts, with the time of each.
#pragma once

#include "core/engine/command/bench_data.h"
#include "core/engine/model/model.h"
#include "core/engine/train/accumulation.h"
#include "core/engine/train/run_recorder.h"
#include "core/engine/train/training_step.h"
#include "core/run/run_paths.h"

#include <filesystem>
#include <memory>

namespace lens {

struct StepTimes {
    double total = 0; // seconds, as the others
    double data = 0;
    double forward = 0;
    double backward = 0;
    double optimizer = 0;
    double monitor = 0;
    double rest = 0;
    double loss = 0;
};

class BenchStep {
public:
    // All outlive this object. `recompute`: layers in the backward pass. `folder`: an empty one, for the rows
    // of numbers.
    BenchStep(Model& model, const BenchData& data, const TrainingSettings& settings, bool recompute,
              const std::filesystem::path& folder);
    ~BenchStep();

    // `monitored`: all that a run can record: gradient and cosine, every adapted module, memory, detectors,
    // HDF5. Otherwise only the norm that clipping needs.
    StepTimes run(const BenchWindow& window, bool monitored);

private:
    class Silence;
    void record(const BenchWindow& window, const WindowResult& result, const GradientNumbers& gradient,
                UpdateResult update);

    Model& m_model;
    const BenchData& m_data;
    const TrainingSettings& m_settings;
    bool m_recompute;
    TrainingStep m_step;
    RunPaths m_paths;
    RunWriter m_writer;
    RunJournal m_journal;
    std::unique_ptr<Silence> m_silence;
    RunRecorder m_recorder;
    std::uint64_t m_steps = 0;
};

} // namespace lens
