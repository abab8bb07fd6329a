// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A conversation as chat templates take it, read from the forms in which data files have it:
//   {"messages": [{"role", "content", …}, …]}       roles as the model's template knows them
//   {"conversations": [{"from", "value"}, …]}       ShareGPT: human, gpt, system, tool, function_call …
//   {"prompt": [messages], "completion": [messages]}   only the completion's answers are trained
//   [{"role", "content"}, …]                        the list alone
// Beside the list a row may have "tools" (a list, or the same as JSON text), "documents", "system" (a system
// message to put first) and "chat_template_kwargs" (further names for the template).
//
// A message may have any fields that the template reads (tool_calls, reasoning_content, name …). "weight": 0
// or "train": false keeps an answer from being trained.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"
#include "core/dataset/row_problems.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

struct Conversation {
    Json messages = Json::array();   // objects with role and content (a text, or a list of text parts)
    Json variables = Json::object(); // tools, documents and what chat_template_kwargs has
    // Of each message: it is an answer (of the assistant) whose text is trained.
    std::vector<bool> trained;
};

// Whether a message of this role is what the model says.
bool isAnswer(const std::string& role);

// Nothing, and a problem for each fault ("where: messages[2]: content"), if the row is bad. `format` is
// Messages, ShareGpt or PromptCompletion. Fields that are null count as absent. A row without an answer is
// bad where one is needed.
enum class Answers { Needed, Optional };
std::optional<Conversation> conversationOf(const Json& row, DataFormat format, const std::string& where,
                                           RowProblems& problems, Answers answers = Answers::Needed);

// Whether prompt and completion are lists of messages and not texts.
bool isConversational(const Json& row);

} // namespace lens
