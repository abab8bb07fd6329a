// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Stands in for the engine where the real one cannot be made to misbehave. Writes a run folder by the real
// protocol (lock, journal, metrics, samples, checkpoints folders) and obeys commands. What it does comes from
// the environment, which a detached start inherits:
//   LENS_FAKE_MODE     normal | ignore_stop | die_mid_line | flood | newer | fail | refuse
//   LENS_FAKE_STEPS    number of steps (200);  LENS_FAKE_STEP_MS  length of a step (20)
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/config/config_parser.h"
#include "core/protocol/command.h"
#include "core/protocol/event.h"
#include "core/run/run_lock.h"
#include "core/run/run_record.h"
#include "core/run/run_status.h"
#include "core/store/run_writer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <unistd.h>

namespace {

using namespace lens;

constexpr double kNominalMs = 120; // what a step claims to have taken

std::string setting(const char* name, const char* otherwise)
{
    const char* value = std::getenv(name);
    return value ? value : otherwise;
}

class FakeRun {
public:
    FakeRun(RunPaths paths, bool resume)
        : m_paths(std::move(paths))
        , m_mode(setting("LENS_FAKE_MODE", "normal"))
        , m_steps(std::stoull(setting("LENS_FAKE_STEPS", "200")))
        , m_stepMs(std::stoi(setting("LENS_FAKE_STEP_MS", "20")))
        , m_lock(m_paths.lock())
        , m_events(m_paths.events())
        , m_samples(m_paths.samples())
        , m_commands(m_paths.commands())
    {
        const RunStatus before = readRunStatus(m_paths);
        m_segment = before.segment + 1;
        m_step = resume && before.lastCheckpoint ? *before.lastCheckpoint : 0;
        (void)m_commands.readNew(); // those of earlier starts
        if (!resume)
            writeRecord();
        start(resume);
    }

    int run()
    {
        phase(Phase::Preparing);
        evaluate();
        phase(Phase::Training);
        while (m_step < m_steps && !m_stop) {
            obey();
            if (m_paused) {
                std::this_thread::sleep_for(std::chrono::milliseconds(m_stepMs));
                continue;
            }
            if (m_stop)
                break;
            step();
            if (const int code = misbehave())
                return code;
        }
        if (m_stop)
            phase(Phase::Stopping);
        checkpoint(m_stop ? "stop" : "end");
        evaluate();
        m_writer->close();
        event(EventType::End,
              {{"state", m_stop ? "stopped" : "finished"}, {"reason", ""}, {"seconds", m_seconds}});
        return 0;
    }

private:
    void writeRecord()
    {
        RunRecord record;
        record.config = readConfigFile(m_paths.launchConfig());
        record.runId = m_paths.folder.filename().string();
        record.name = record.config.name;
        record.tags = record.config.tags;
        record.created = utcNow();
        record.engineVersion = m_mode == "newer" ? "99.0" : LENS_VERSION;
        record.schema = m_mode == "newer" ? 99 : 1;
        record.data.trainRows = 12480;
        record.totalSteps = m_steps;
        writeRunRecord(m_paths.runJson(), record);
    }

    void start(bool resume)
    {
        SegmentInfo info;
        info.runId = m_paths.folder.filename().string();
        info.segment = m_segment;
        info.firstStep = resume ? m_step + 1 : 0;
        info.configJson = "{}";
        makeFolder(m_paths.segments());
        m_writer = std::make_unique<RunWriter>(m_paths.segments(), info);
        event(EventType::Start, {{"pid", static_cast<std::int64_t>(::getpid())},
                                 {"engine_version", m_mode == "newer" ? "99.0" : LENS_VERSION},
                                 {"resumed_from", resume ? Json(m_step) : Json()},
                                 {"total_steps", m_steps},
                                 {"host", "here"},
                                 {"device", "cpu"},
                                 {"threads", 1},
                                 {"changes", Json::array()}});
        std::printf("fake engine, mode %s, from step %llu\n", m_mode.c_str(),
                    static_cast<unsigned long long>(m_step));
        std::fflush(stdout);
    }

    void event(EventType type, Json fields)
    {
        m_events.append(toJson(makeEvent(type, m_segment, m_step, std::move(fields))));
    }

    void phase(Phase phase) { event(EventType::Phase, {{"phase", phaseName(phase)}}); }

    void evaluate()
    {
        const double loss = lossAt(m_step) + 0.1;
        const bool best = loss < m_bestLoss;
        m_bestLoss = std::min(m_bestLoss, loss);
        MetricsRow row;
        row.step = m_step;
        row.seconds = m_seconds;
        row.set(Series::EvalLoss, loss);
        m_writer->append(row);
        event(EventType::Evaluation, {{"loss", loss}, {"best", best}, {"tokens", 2048}, {"seconds", 0.1}});
        m_samples.append({{"segment", m_segment},
                          {"step", m_step},
                          {"prompt", "Name three primary colours."},
                          {"text", "Red, yellow and blue, at step " + std::to_string(m_step) + "."}});
    }

    double lossAt(std::uint64_t step) const
    {
        return 1.1 + 1.4 * std::exp(-static_cast<double>(step) / 60) +
               0.05 * std::sin(static_cast<double>(step) * 1.7);
    }

    void step()
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(m_stepMs));
        ++m_step;
        m_seconds += kNominalMs / 1000.0;
        m_lock.beat();
        MetricsRow row;
        row.step = m_step;
        row.seconds = m_seconds;
        row.set(Series::TrainLoss, lossAt(m_step));
        row.set(Series::LearningRate,
                2e-4 * (1 - static_cast<double>(m_step) / static_cast<double>(m_steps)));
        row.set(Series::GradNorm, 0.6 + 0.2 * std::cos(static_cast<double>(m_step)));
        if (m_step > 1)
            row.set(Series::GradCosine, 0.3 * std::exp(-static_cast<double>(m_step) / 100));
        row.set(Series::Epoch, static_cast<double>(m_step) / 100);
        row.set(Series::Tokens, static_cast<double>(m_step) * 512);
        row.set(Series::TrainedTokens, static_cast<double>(m_step) * 128);
        row.set(Series::TokensPerSecond, 512e3 / kNominalMs);
        row.set(Series::TrainedTokensPerSecond, 128e3 / kNominalMs);
        row.set(Series::StepSeconds, kNominalMs / 1000.0);
        row.set(Series::ResidentBytes, 6.3e9);
        row.set(Series::ResidentPeakBytes, 7.1e9);
        m_writer->append(row);
        if (m_step % 50 == 0)
            evaluate();
        if (m_step % 100 == 0)
            checkpoint("interval");
    }

    // What the mode asks for at step 30; an exit code ends the run there without a last word.
    int misbehave()
    {
        if (m_mode == "flood")
            for (int line = 0; line < 2000; ++line)
                std::printf("flooding line %d of step %llu\n", line, static_cast<unsigned long long>(m_step));
        if (m_step != 30)
            return 0;
        if (m_mode == "die_mid_line") {
            std::FILE* journal = std::fopen(m_paths.events().c_str(), "a");
            std::fputs("{\"t\":\"2026-11-22T17:00:00.000Z\",\"type\":\"eval", journal);
            std::fclose(journal);
            m_writer->sync();
            std::_Exit(9);
        }
        if (m_mode == "fail") {
            std::printf("reading row 31\nloss is not finite\n");
            event(EventType::Finding, {{"kind", "non_finite"},
                                       {"severity", "failure"},
                                       {"title", "Loss is not finite"},
                                       {"text", "The loss of step 30 is NaN."},
                                       {"value", "NaN"},
                                       {"threshold", 0},
                                       {"first_step", 30}});
            event(EventType::End,
                  {{"state", "failed"}, {"reason", "the loss is not finite"}, {"seconds", m_seconds}});
            return 1;
        }
        if (m_mode == "newer")
            m_events.append(
                {{"t", utcNow()}, {"type", "hologram"}, {"segment", m_segment}, {"step", m_step}});
        return 0;
    }

    void obey()
    {
        for (const Json& line : m_commands.readNew())
            if (const auto command = commandFromJson(line))
                obey(*command);
    }

    void obey(const Command& command)
    {
        if (m_mode == "ignore_stop")
            return;
        std::string result = "done";
        std::string reason;
        if (command.segment != m_segment) {
            result = "expired";
            reason = "it was for an earlier start";
        } else if (m_mode == "refuse") {
            result = "refused";
            reason = "no space left on device";
        }
        event(EventType::Acknowledged, {{"command", command.id},
                                        {"verb", verbName(command.verb)},
                                        {"result", result},
                                        {"reason", reason}});
        if (result == "done")
            carryOut(command.verb);
    }

    void carryOut(Verb verb)
    {
        if (verb == Verb::Pause || verb == Verb::Resume) {
            m_paused = verb == Verb::Pause;
            phase(m_paused ? Phase::Paused : Phase::Training);
        } else if (verb == Verb::Checkpoint) {
            checkpoint("command");
        } else if (verb == Verb::Stop) {
            m_stop = true;
            m_paused = false;
        }
    }

    void checkpoint(const char* reason)
    {
        phase(Phase::Saving);
        makeFolder(m_paths.checkpoint(m_step));
        writeFileAtomically(m_paths.checkpoint(m_step) / "state.json", "{}");
        m_writer->sync();
        event(EventType::Checkpoint, {{"path", "checkpoints/checkpoint-" + std::to_string(m_step)},
                                      {"reason", reason},
                                      {"bytes", 2},
                                      {"seconds", 0.01}});
        if (m_paused)
            phase(Phase::Paused);
        else if (!m_stop && m_step < m_steps)
            phase(Phase::Training);
    }

    RunPaths m_paths;
    std::string m_mode;
    std::uint64_t m_steps;
    int m_stepMs;
    RunLock m_lock;
    JournalWriter m_events;
    JournalWriter m_samples;
    JournalReader m_commands;
    std::unique_ptr<RunWriter> m_writer;
    std::uint64_t m_segment = 1;
    std::uint64_t m_step = 0;
    double m_seconds = 0;
    double m_bestLoss = 1e9;
    bool m_paused = false;
    bool m_stop = false;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc >= 2 && std::strcmp(argv[1], "generate") == 0) {
        std::puts("{\"base\": \"Colours are colours.\", \"adapter\": \"Red, yellow and blue.\"}");
        return 0;
    }
    const bool resume = argc == 4 && std::strcmp(argv[2], "--resume") == 0;
    if (!resume && !(argc == 5 && std::strcmp(argv[3], "--run") == 0))
        return 2;
    try {
        return FakeRun(lens::RunPaths{resume ? argv[3] : argv[4]}, resume).run();
    } catch (const lens::Error& error) {
        std::fprintf(stderr, "fake engine: %s\n", error.what());
        return 1;
    }
}
