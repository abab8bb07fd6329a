// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The engine's side of events.jsonl and samples.jsonl: every record gets its segment and step here. What the
// disk refuses is kept and written before the next record, so that nothing is lost and training can pause
// instead of dying. Training thread only.
#pragma once

#include "core/base/journal.h"
#include "core/protocol/event.h"
#include "core/run/run_paths.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace lens {

class RunJournal {
public:
    RunJournal(const RunPaths& paths, std::uint64_t segment);

    std::uint64_t segment() const { return m_segment; }
    void setStep(std::uint64_t step) { m_step = step; }
    std::uint64_t step() const { return m_step; }

    void write(EventType type, Json fields = Json::object(), bool sync = false);
    // A record about another step than the present one.
    void writeAt(std::uint64_t step, EventType type, Json fields);
    // Written only where the phase changes.
    void phase(Phase phase, Json fields = Json::object());
    void sample(Json record);

    // Tries again what was refused. Empty if all is on disk, else why not.
    std::string trouble();

private:
    struct Waiting {
        bool isSample = false;
        Json record;
    };
    void append(bool isSample, Json record, bool sync);

    std::uint64_t m_segment;
    std::uint64_t m_step = 0;
    std::optional<Phase> m_phase;
    JournalWriter m_events;
    JournalWriter m_samples;
    std::deque<Waiting> m_waiting;
};

} // namespace lens
