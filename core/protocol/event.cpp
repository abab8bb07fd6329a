// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/protocol/event.h"

#include "core/base/clock.h"
#include "core/base/json_fields.h"

#include <array>
#include <limits>

namespace lens {
namespace {

constexpr std::array<std::string_view, 9> kTypeNames = {
    "start",   "phase",        "evaluation", "checkpoint", "checkpoint_removed",
    "finding", "acknowledged", "setting",    "end"};
constexpr std::array<std::string_view, 7> kPhaseNames = {"preparing", "training", "evaluating",   "saving",
                                                         "paused",    "stopping", "consolidating"};
constexpr std::array<const char*, 4> kCommonKeys = {"t", "type", "segment", "step"};
constexpr std::int64_t kMaxCount = std::numeric_limits<std::int64_t>::max();

} // namespace

std::string_view eventTypeName(EventType type)
{
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<EventType> eventTypeByName(std::string_view name)
{
    for (std::size_t i = 0; i < kTypeNames.size(); ++i)
        if (kTypeNames[i] == name)
            return static_cast<EventType>(i);
    return std::nullopt;
}

std::string_view phaseName(Phase phase)
{
    return kPhaseNames[static_cast<std::size_t>(phase)];
}

std::optional<Phase> phaseByName(std::string_view name)
{
    for (std::size_t i = 0; i < kPhaseNames.size(); ++i)
        if (kPhaseNames[i] == name)
            return static_cast<Phase>(i);
    return std::nullopt;
}

Event makeEvent(EventType type, std::uint64_t segment, std::uint64_t step, Json fields)
{
    return {utcNow(), type, segment, step, std::move(fields)};
}

Json toJson(const Event& event)
{
    Json record = {{"t", event.time},
                   {"type", eventTypeName(event.type)},
                   {"segment", event.segment},
                   {"step", event.step}};
    for (const auto& item : event.fields.items())
        if (!record.contains(item.key())) // the common four are never overwritten
            record[item.key()] = item.value();
    return record;
}

std::optional<Event> eventFromJson(const Json& record)
{
    std::vector<Problem> problems;
    const JsonFields fields(record, "event", problems);
    const auto type = eventTypeByName(fields.requiredText("type"));
    Event event;
    event.time = fields.requiredText("t");
    event.segment = static_cast<std::uint64_t>(fields.requiredInteger("segment", 0, kMaxCount));
    event.step = static_cast<std::uint64_t>(fields.requiredInteger("step", 0, kMaxCount));
    if (!problems.empty() || !type)
        return std::nullopt;
    event.type = *type;
    event.fields = record;
    for (const char* key : kCommonKeys)
        event.fields.erase(key);
    return event;
}

} // namespace lens
