// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One message of a conversation: checked, and brought into the shape that chat templates know.
#pragma once

#include "core/base/json.h"
#include "core/dataset/row_problems.h"

#include <optional>
#include <string>

namespace lens {

enum class MessageForm {
    Roles,   // {"role", "content", …}, as OpenAI and transformers have it
    ShareGpt // {"from", "value"}
};

struct ReadMessage {
    // role, content (a text, or a list of text parts) and all other fields that are not null; of tool_calls
    // the arguments as an object where they were JSON text.
    Json json = Json::object();
    bool answer = false;  // of the assistant
    bool trained = false; // an answer, and nothing in the message says otherwise
};

// `where`: "file:line: messages[2]". Nothing, and the problems, if it is bad.
std::optional<ReadMessage> readMessage(const Json& message, MessageForm form, const std::string& where,
                                       RowProblems& problems);

} // namespace lens
