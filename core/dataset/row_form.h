// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The forms a row of training data can have, and the one text each becomes:
//   text        {"text"}                          the text
//   completion  {"prompt", "completion"}          one behind the other, nothing between them; as lists of
//                                                 messages: a conversation
//   alpaca      {"instruction", "input"?, "output"}
//               "### Instruction:\n…\n\n### Input:\n…\n\n### Response:\n…"; without input its section is left
//               out
//   messages, sharegpt                            a conversation (conversation.h), by the chat template
// The answer (completion, output, what the assistant says with its end-of-turn token; of a text all of it) is
// what is trained.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"
#include "core/dataset/chat_renderer.h"
#include "core/dataset/rendered_row.h"
#include "core/dataset/row_problems.h"
#include "core/tokenizer/tokenizer.h"

#include <optional>
#include <string>
#include <string_view>

namespace lens {

// By the keys of a row: messages or conversations, prompt with completion, instruction with output, text.
// Throws Error naming the known forms if it is none of them.
DataFormat formatOf(const Json& row, const std::string& where);

// Rows of one file. May be used from several threads at once.
class RowForm {
public:
    // `conversational`: of PromptCompletion, the rows hold messages (isConversational). Messages and ShareGpt
    // always do. `chatTemplate`: data.chat_template. Throws Error if a chat template is needed and cannot be
    // read. The tokenizer must outlive this.
    RowForm(DataFormat format, bool conversational, const Tokenizer& tokenizer,
            const std::string& chatTemplate);

    // Nothing, and a problem for each fault ("file:line: field"), if the row is bad. `where`: "file:line".
    std::optional<RenderedRow> render(const Json& row, const std::string& where, RowProblems& problems) const;
    // A line of a plain text file; never blank.
    static RenderedRow renderText(std::string_view text);

    // What stands before the answer to a single prompt, as the rows of this form write it.
    RenderedRow renderPrompt(const std::string& prompt) const;
    // Null if the rows are no conversations.
    const ChatRenderer* chat() const { return m_chat ? &*m_chat : nullptr; }

private:
    std::optional<RenderedRow> renderConversation(const Json& row, const std::string& where,
                                                  RowProblems& problems) const;

    DataFormat m_format;
    std::optional<ChatRenderer> m_chat;
};

} // namespace lens
