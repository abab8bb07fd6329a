// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the user asks of a live run: one JSON line each in commands.jsonl. Written by the window or any tool,
// read by the engine at every step boundary (pause, resume and stop between layers too), answered by an
// `acknowledged` event that carries the id.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

enum class Verb { Pause, Resume, Checkpoint, Stop, Set };

std::string_view verbName(Verb verb); // "pause", "resume", "checkpoint", "stop", "set"
std::optional<Verb> verbByName(std::string_view name);

struct Command {
    std::string id;            // unique
    std::uint64_t segment = 0; // the engine start it is for; another start answers "expired"
    Verb verb = Verb::Pause;
    Json arguments = Json::object();
};

// A new command with a random id.
Command makeCommand(Verb verb, std::uint64_t segment, Json arguments = Json::object());
Json toJson(const Command& command);
// Absent if a needed field is missing or of a wrong kind (the line is then ignored and reported).
std::optional<Command> commandFromJson(const Json& line);

} // namespace lens
