// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/run_journal.h"

#include "core/base/error.h"

namespace lens {
namespace {

// Kept allocated behind the journal's end, so that "paused: disk full" can still be written.
constexpr std::uint64_t kReserveBytes = 64u << 10;

} // namespace

RunJournal::RunJournal(const RunPaths& paths, std::uint64_t segment)
    : m_segment(segment)
    , m_events(paths.events(), kReserveBytes)
    , m_samples(paths.samples())
{
}

void RunJournal::write(EventType type, Json fields, bool sync)
{
    append(false, toJson(makeEvent(type, m_segment, m_step, std::move(fields))), sync);
}

void RunJournal::writeAt(std::uint64_t step, EventType type, Json fields)
{
    append(false, toJson(makeEvent(type, m_segment, step, std::move(fields))), false);
}

void RunJournal::phase(Phase phase, Json fields)
{
    if (m_phase == phase && fields.empty())
        return;
    m_phase = phase;
    fields["phase"] = phaseName(phase);
    write(EventType::Phase, std::move(fields));
}

void RunJournal::sample(Json record)
{
    append(true, std::move(record), false);
}

void RunJournal::append(bool isSample, Json record, bool sync)
{
    JournalWriter& journal = isSample ? m_samples : m_events;
    try {
        // Events go out even while samples wait: the reserve is theirs.
        if (isSample && !m_waiting.empty())
            throw Error("records are waiting");
        journal.append(record, sync);
    } catch (const Error&) {
        m_waiting.push_back({isSample, std::move(record)});
    }
}

std::string RunJournal::trouble()
{
    while (!m_waiting.empty()) {
        const Waiting& next = m_waiting.front();
        try {
            (next.isSample ? m_samples : m_events).append(next.record);
        } catch (const Error& error) {
            return error.first().text();
        }
        m_waiting.pop_front();
    }
    return {};
}

} // namespace lens
