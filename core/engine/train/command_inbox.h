// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the user asked of this engine start: reads commands.jsonl as it grows, drops what was answered
// before, answers commands for other starts "expired". Every command handed out must be answered once.
// Training thread only; an empty look costs a few microseconds.
#pragma once

#include "core/base/journal.h"
#include "core/engine/train/run_journal.h"
#include "core/protocol/command.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

class CommandInbox {
public:
    // Reads the journal once for the ids already answered.
    CommandInbox(const RunPaths& paths, RunJournal& journal);

    // New commands for this start, in the order written.
    std::vector<Command> take();
    void answerDone(const Command& command);
    void answerRefused(const Command& command, const std::string& reason);

private:
    void answer(const Command& command, std::string_view result, const std::string& reason);

    JournalReader m_reader;
    RunJournal& m_journal;
    std::set<std::string> m_answered;
};

} // namespace lens
