// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The journal's records (events.jsonl). Every record has "t" (UTC), "type", "segment" and "step"; the rest is
// by type:
//   start         pid, engine_version, resumed_from (step or null), total_steps, host, device, threads,
//   changes [] phase         phase (see Phase) evaluation    loss, best (bool), tokens, seconds checkpoint
//   path (relative), reason (interval, command, end, stop, signal), bytes, seconds checkpoint_removed  path
//   finding       kind, severity (notice, attention, failure), title, text, value, threshold, first_step,
//   module acknowledged  command (id), verb, result (done, expired, refused), reason setting       key, old,
//   new end           state (finished, stopped, failed), reason, seconds
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

enum class EventType {
    Start,
    Phase,
    Evaluation,
    Checkpoint,
    CheckpointRemoved,
    Finding,
    Acknowledged,
    Setting,
    End
};

enum class Phase { Preparing, Training, Evaluating, Saving, Paused, Stopping, Consolidating };

std::string_view eventTypeName(EventType type);
std::optional<EventType> eventTypeByName(std::string_view name);
std::string_view phaseName(Phase phase);
std::optional<Phase> phaseByName(std::string_view name);

struct Event {
    std::string time; // UTC, ISO 8601
    EventType type = EventType::Phase;
    std::uint64_t segment = 0;
    std::uint64_t step = 0;
    Json fields = Json::object(); // what is particular to the type
};

Event makeEvent(EventType type, std::uint64_t segment, std::uint64_t step, Json fields = Json::object());
Json toJson(const Event& event);
// Absent if the record is of an unknown type or lacks a needed field: a newer engine's records are skipped.
std::optional<Event> eventFromJson(const Json& record);

} // namespace lens
