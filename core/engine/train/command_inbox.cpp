// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/command_inbox.h"

namespace lens {

CommandInbox::CommandInbox(const RunPaths& paths, RunJournal& journal)
    : m_reader(paths.commands())
    , m_journal(journal)
{
    for (const Json& record : readJournal(paths.events())) {
        const auto event = eventFromJson(record);
        if (event && event->type == EventType::Acknowledged && event->fields.contains("command") &&
            event->fields["command"].is_string())
            m_answered.insert(event->fields["command"].get<std::string>());
    }
}

std::vector<Command> CommandInbox::take()
{
    std::vector<Command> commands;
    for (const Json& line : m_reader.readNew()) {
        auto command = commandFromJson(line);
        if (!command || !m_answered.insert(command->id).second)
            continue;
        if (command->segment == m_journal.segment())
            commands.push_back(std::move(*command));
        else
            answer(*command, "expired", "it was for another start of the engine");
    }
    return commands;
}

void CommandInbox::answerDone(const Command& command)
{
    answer(command, "done", {});
}

void CommandInbox::answerRefused(const Command& command, const std::string& reason)
{
    answer(command, "refused", reason);
}

void CommandInbox::answer(const Command& command, std::string_view result, const std::string& reason)
{
    Json fields{{"command", command.id}, {"verb", verbName(command.verb)}, {"result", result}};
    if (!reason.empty())
        fields["reason"] = reason;
    m_journal.write(EventType::Acknowledged, std::move(fields));
}

} // namespace lens
