// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The training loop: windows, updates, evaluations, checkpoints, one step after the other. What surrounds a
// run (folder, lock, journal, loading) is train_command's.
#pragma once

#include "core/config/run_config.h"
#include "core/dataset/dataset.h"
#include "core/engine/model/model.h"
#include "core/engine/train/accumulation.h"
#include "core/engine/train/checkpoint_keeper.h"
#include "core/engine/train/evaluator.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/progress_sink.h"
#include "core/engine/train/run_control.h"
#include "core/engine/train/run_recorder.h"
#include "core/engine/train/sampler.h"
#include "core/engine/train/training_progress.h"
#include "core/engine/train/training_step.h"

#include <filesystem>
#include <optional>
#include <string>

namespace lens {

enum class RunEnd { Finished, Stopped, Failed };

struct TrainOutcome {
    RunEnd end = RunEnd::Finished;
    std::string reason; // why it ended before its last step; empty otherwise
};

// What a trainer works with; all outlive it.
struct TrainerParts {
    Model& model; // with what is trained already chosen
    const Dataset& data;
    RunConfig& config; // live settings change it
    RunJournal& journal;
    RunRecorder& recorder;
    RunControl& control;
    CheckpointKeeper& checkpoints;
    const Sampler& sampler;
    ProgressSink& progress;
    bool recompute = false; // activations, layer by layer
};

class Trainer : public BoundaryActions {
public:
    explicit Trainer(TrainerParts parts);

    // Goes on from a checkpoint whose weights the model was loaded with. Throws Error if it does not fit.
    void restore(const std::filesystem::path& checkpointFolder);
    // To the last step, a stop, or a failure that was saved from. Throws what nobody expected.
    TrainOutcome run();

    const StepPlan& plan() const { return m_progress.plan(); }

private:
    // What a step needs to be undone: the weights change only at its end.
    struct StepStart {
        DataPosition position;
        std::vector<std::uint8_t> generator;
    };

    void trainStep();
    // Back to the boundary before a step whose update was not made.
    void undo(const StepStart& start);
    void update(MetricsRow& row, const GradientNumbers& gradient);
    bool modulesDue(std::uint64_t step) const;
    void stopAtBadStep(const StepStart& start, MetricsRow& row, const std::string& tensor);
    void fillRow(MetricsRow& row, const Window& window, const WindowResult& result,
                 const GradientNumbers& gradient) const;
    void finishStep(MetricsRow& row, const Window& window, double stepBegin, const std::string& badTensor);
    void addMemory(MetricsRow& row) const;
    void record(MetricsRow& row, const std::string& nonFiniteTensor);
    void recordStart();
    void report(const MetricsRow& row) const;

    bool evaluationDue() const;
    void evaluate(MetricsRow& row);
    void judge(const EvaluationResult& result);
    void sample();

    bool save(std::string_view reason, bool ending);
    bool saveIfNew(std::string_view reason);
    void finish(const std::string& reason);
    void stop(const StopRequest& request);

    bool saveOnCommand() override;
    void changeSettings(const Json& arguments) override;
    void clockStopped() override { m_progress.stopClock(); }
    void clockStarted() override { m_progress.startClock(); }

    TrainerParts m_parts;
    BatchSource m_source;
    TrainingProgress m_progress;
    TrainingStep m_step;
    Evaluator m_evaluator;
    ProcessMemoryReader m_memory;
    std::optional<TrainOutcome> m_outcome;
    bool m_restored = false;
    double m_monitorSeconds = 0; // since the last row
    double m_saveSeconds = 0;    // since the last row
    std::string m_saveTrouble;   // why the last checkpoint could not be written
};

} // namespace lens
