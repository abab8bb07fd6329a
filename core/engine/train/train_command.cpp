// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/train_command.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/loaded_blas.h"
#include "core/base/process.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/manifest.h"
#include "core/config/config_field.h"
#include "core/config/config_parser.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/dry_run.h"
#include "core/engine/train/heartbeat.h"
#include "core/engine/train/last_words.h"
#include "core/engine/train/memory_plan.h"
#include "core/engine/train/run_parts.h"
#include "core/engine/train/run_record_maker.h"
#include "core/engine/train/trainer.h"
#include "core/protocol/exit_code.h"
#include "core/store/run_reader.h"

#include <algorithm>

namespace lens {
namespace {

// Thrown where a stop was asked for before training began.
struct StoppedEarly {};

std::uint64_t nextSegment(const RunPaths& paths)
{
    std::uint64_t last = 0;
    for (const Json& record : readJournal(paths.events()))
        if (const auto event = eventFromJson(record))
            last = std::max(last, event->segment);
    return last + 1;
}

// The checkpoint to go on from; nothing if the run has none (it then starts over).
std::optional<std::filesystem::path> checkpointOf(const TrainOptions& options, const RunPaths& paths)
{
    if (!options.resume)
        return std::nullopt;
    if (options.fromStep) {
        const std::filesystem::path folder = paths.checkpoint(*options.fromStep);
        throwIfAny(verifyCheckpoint(folder, Thoroughness::Checksums));
        return folder;
    }
    const auto latest = latestValidCheckpoint(paths.checkpoints());
    return latest ? std::optional(latest->folder) : std::nullopt;
}

// Settings that the user changed while the run was live stay changed, unless this start says otherwise.
void applyLiveSettings(RunConfig& config, const Json& settings, const std::vector<ConfigDifference>& changes)
{
    for (const auto& item : settings.items()) {
        const bool overridden =
            std::any_of(changes.begin(), changes.end(),
                        [&](const ConfigDifference& change) { return change.path == item.key(); });
        const ConfigField* field = configField(item.key());
        if (field && !overridden && !fieldTrouble(*field, item.value()))
            setField(*field, config, item.value());
    }
}

Error clearError(const std::exception& exception)
{
    if (const auto* error = dynamic_cast<const Error*>(&exception))
        return *error;
    const std::string words = exception.what();
    const std::string line = words.substr(0, words.find('\n'));
    if (isOutOfMemory(exception))
        return Error(
            "there is not enough memory: " + line, {},
            "lower per_device_train_batch_size or max_length and raise gradient_accumulation_steps, or "
            "use a smaller model or bfloat16");
    return Error(line);
}

// One start of the engine on one run folder, from the lock to the last word.
class TrainStart {
public:
    TrainStart(const TrainOptions& options, ProgressSink& progress)
        : m_options(options)
        , m_progress(progress)
        , m_paths{options.runFolder}
        , m_config(options.config)
        , m_lock(m_paths.lock())
        , m_heartbeat(m_lock)
        , m_journal(m_paths, nextSegment(m_paths))
        , m_lastWords(m_paths.events(), m_journal.segment())
        , m_record(readRunRecord(m_paths.runJson()))
        , m_checkpoint(checkpointOf(options, m_paths))
    {
    }

    int run()
    {
        const double begin = monotonicSeconds();
        TrainOutcome outcome;
        try {
            outcome = work();
        } catch (const StoppedEarly&) {
            outcome = {RunEnd::Stopped, std::string("stopped by ") + m_signals.name() + " before training"};
        } catch (const std::exception& exception) {
            const Error error = clearError(exception);
            writeEnd({RunEnd::Failed, error.what()}, begin);
            throw error;
        }
        consolidate();
        writeEnd(outcome, begin);
        if (outcome.end == RunEnd::Failed)
            throw Error(outcome.reason);
        if (!outcome.reason.empty())
            m_progress.note(outcome.reason);
        return static_cast<int>(ExitCode::Ok);
    }

private:
    TrainOutcome work()
    {
        removeUnfinishedCheckpoints(m_paths.checkpoints());
        std::optional<CheckpointState> state;
        if (m_checkpoint) {
            state = readCheckpointState(*m_checkpoint);
            applyLiveSettings(m_config, state->settings, m_options.changes);
            m_journal.setStep(state->step);
            LastWords::setStep(state->step);
        }
        const int threads = chooseThreads(m_config.model.threads);
        writeStart(state, threads);
        setAsideLaterCheckpoints(m_paths.checkpoints(), state ? state->step : 0, m_journal.segment());
        warnOfSlowProducts();
        m_journal.phase(Phase::Preparing);
        m_progress.phase(Phase::Preparing);
        const std::optional<Tokenizer> tokenizer = loadTokenizer(m_config.model.path);
        const Dataset data = loadRows(m_config, tokenizer ? &*tokenizer : nullptr, m_progress,
                                      [this] { return !stopIfAsked(); });
        for (const Problem& warning : data.warnings)
            m_progress.warning(warning.text());
        RunConfig loaded = m_config;
        loaded.model.dtype = weightTypeOf(m_config, m_record);
        Model model = loadTrainedModel(loaded, m_checkpoint, m_progress);
        requireFittingRows(data, model);
        stopIfAsked();
        return train(model, data, tokenizer ? &*tokenizer : nullptr, threads);
    }

    TrainOutcome train(Model& model, const Dataset& data, const Tokenizer* tokenizer, int threads)
    {
        const SegmentInfo info = segmentInfo(model);
        RunWriter metrics(m_paths.segments(), info);
        RunRecorder recorder(metrics, m_journal, m_progress, info.moduleNames, watchOptions(data));
        CommandInbox inbox(m_paths, m_journal);
        RunControl control(inbox, m_signals, m_journal, metrics, m_progress);
        CheckpointKeeper keeper(m_paths, m_journal, metrics);
        const Sampler sampler =
            makeSampler(m_config.model.path, tokenizer, {data.format, m_config.data.chatTemplate});
        Trainer trainer({model, data, m_config, m_journal, recorder, control, keeper, sampler, m_progress,
                         recomputes(model, data)});
        if (!m_record)
            writeRunRecord(m_paths.runJson(), makeRunRecord(m_paths.folder.filename().string(), m_config,
                                                            model, data, trainer.plan(), threads));
        if (m_checkpoint)
            trainer.restore(*m_checkpoint);
        const TrainOutcome outcome = trainer.run();
        metrics.close();
        return outcome;
    }

    bool recomputes(const Model& model, const Dataset& data) const
    {
        constexpr std::uint64_t kWindows = 500; // looked at for the largest micro-batch
        const BatchSource source(data.train, data.fixedBatchRows, m_config.training, m_config.data.shuffle);
        const MemoryPlan plan = planMemory(m_config, model, surveyBatches(source, data.train, kWindows));
        if (plan.recompute && m_config.training.gradientCheckpointing == Recompute::Auto)
            m_progress.note("gradient checkpointing is on: memory would run short without it");
        return plan.recompute;
    }

    SegmentInfo segmentInfo(const Model& model) const
    {
        SegmentInfo info;
        info.runId = m_paths.folder.filename().string();
        info.segment = m_journal.segment();
        info.firstStep = m_checkpoint ? m_journal.step() + 1 : 0;
        info.configJson = toJsonLine(toJson(m_config));
        for (const AdaptedModule& module : model.modules())
            info.moduleNames.push_back(module.path);
        return info;
    }

    WatchOptions watchOptions(const Dataset& data) const
    {
        WatchOptions options;
        const std::size_t rowsPerBatch =
            data.fixedBatchRows > 0 ? data.fixedBatchRows
                                    : static_cast<std::size_t>(std::max(1, m_config.training.batchSize));
        options.warmupSteps = static_cast<std::uint64_t>(
            planSteps(m_config.training, data.train.size(), rowsPerBatch).warmupSteps);
        return options;
    }

    void writeStart(const std::optional<CheckpointState>& state, int threads)
    {
        Json changes = toJson(m_options.changes);
        if (m_record) {
            for (const Json& change : changesSince(*m_record, m_config)) {
                changes.push_back(change);
                m_progress.warning(change["path"].get<std::string>() +
                                   " is not what the run was started with");
            }
        }
        m_journal.write(EventType::Start, {{"pid", ownPid()},
                                           {"engine_version", LENS_VERSION},
                                           {"resumed_from", state ? Json(state->step) : Json()},
                                           {"total_steps", m_record ? m_record->totalSteps : 0},
                                           {"host", hostName()},
                                           {"device", chooseDevice(m_config.model.device).str()},
                                           {"threads", threads},
                                           {"changes", std::move(changes)}});
    }

    // With the plain reference BLAS a step takes 20 to 40 times as long.
    void warnOfSlowProducts()
    {
        const LoadedBlas blas = loadedBlas();
        if (!blas.fast && chooseDevice(m_config.model.device).is_cpu())
            m_progress.warning("matrix products go to " + blas.text() +
                               ", which is slow: install libopenblas0-openmp (see doctor)");
    }

    // Throws StoppedEarly if a signal came; returns false otherwise.
    bool stopIfAsked() const
    {
        if (m_signals.stopAsked())
            throw StoppedEarly{};
        return false;
    }

    void consolidate()
    {
        m_journal.phase(Phase::Consolidating);
        m_progress.phase(Phase::Consolidating);
        try {
            consolidateRun(m_paths.folder);
        } catch (const Error& error) {
            // The segments stay and hold everything; whoever opens the run next tries again.
            m_progress.warning("metrics.h5 could not be made: " + error.first().text());
        }
    }

    void writeEnd(const TrainOutcome& outcome, double begin)
    {
        const char* state = outcome.end == RunEnd::Finished  ? "finished"
                            : outcome.end == RunEnd::Stopped ? "stopped"
                                                             : "failed";
        m_journal.trouble(); // writes what waited, if the disk takes it now
        m_journal.write(
            EventType::End,
            {{"state", state}, {"reason", outcome.reason}, {"seconds", monotonicSeconds() - begin}}, true);
    }

    const TrainOptions& m_options;
    ProgressSink& m_progress;
    RunPaths m_paths;
    RunConfig m_config;
    RunLock m_lock;
    Heartbeat m_heartbeat;
    StopSignals m_signals;
    RunJournal m_journal;
    LastWords m_lastWords;
    std::optional<RunRecord> m_record;
    std::optional<std::filesystem::path> m_checkpoint;
};

} // namespace

int runTrain(const TrainOptions& options, ProgressSink& progress)
{
    if (!options.dryRun)
        return TrainStart(options, progress).run();
    try {
        runDry(options.config, progress);
    } catch (const std::exception& exception) {
        throw clearError(exception);
    }
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
