// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/protocol/command.h"

#include "core/base/ids.h"
#include "core/base/json_fields.h"

#include <array>

namespace lens {
namespace {

constexpr std::array<std::string_view, 5> kVerbNames = {"pause", "resume", "checkpoint", "stop", "set"};

} // namespace

std::string_view verbName(Verb verb)
{
    return kVerbNames[static_cast<std::size_t>(verb)];
}

std::optional<Verb> verbByName(std::string_view name)
{
    for (std::size_t i = 0; i < kVerbNames.size(); ++i)
        if (kVerbNames[i] == name)
            return static_cast<Verb>(i);
    return std::nullopt;
}

Command makeCommand(Verb verb, std::uint64_t segment, Json arguments)
{
    return {randomHex(8), segment, verb, std::move(arguments)};
}

Json toJson(const Command& command)
{
    return {{"id", command.id},
            {"segment", command.segment},
            {"verb", verbName(command.verb)},
            {"arguments", command.arguments}};
}

std::optional<Command> commandFromJson(const Json& line)
{
    std::vector<Problem> problems;
    const JsonFields fields(line, "command", problems);
    const std::string id = fields.requiredText("id");
    const auto verb = verbByName(fields.requiredText("verb"));
    const auto segment = fields.requiredInteger("segment", 0, std::numeric_limits<std::int64_t>::max());
    const Json arguments = fields.has("arguments") ? fields.at("arguments") : Json::object();
    if (!problems.empty() || !verb || id.empty() || !arguments.is_object())
        return std::nullopt;
    return Command{id, static_cast<std::uint64_t>(segment), *verb, arguments};
}

} // namespace lens
