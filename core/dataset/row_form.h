// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The forms a row of training data can have, and the one text each becomes:
//   text        {"text"}                          the text
//   completion  {"prompt", "completion"}          one behind the other, nothing between them
//   alpaca      {"instruction", "input"?, "output"}
//               "### Instruction:\n…\n\n### Input:\n…\n\n### Response:\n…"; without input its section is left
//               out
//   messages    {"messages": [{"role", "content"}, …]}   ChatML, roles system, user and assistant
// The answer (completion, output, each assistant message with its <|im_end|>; of a text all of it) is what is
// trained.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"
#include "core/dataset/chat_format.h"
#include "core/dataset/row_problems.h"
#include "core/tokenizer/tokenizer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct RenderedRow {
    std::string text;
    std::vector<Encoding::Span> answers; // byte ranges of text, ascending
    // Raw text gets the tokenizer's special tokens and an end mark; a conversation brings its own.
    bool conversation = false;
};

// By the keys of a row: messages, prompt with completion, instruction with output, text. Throws Error naming
// the known forms if it is none of them.
DataFormat formatOf(const Json& row, const std::string& where);

class RowForm {
public:
    // Throws Error if the format is Messages and the chat template is not ChatML.
    RowForm(DataFormat format, const std::optional<std::string>& chatTemplate);

    // Nothing, and a problem for each fault ("file:line: field"), if the row is bad. `where`: "file:line".
    std::optional<RenderedRow> render(const Json& row, const std::string& where, RowProblems& problems) const;
    // A line of a plain text file; never blank.
    static RenderedRow renderText(std::string_view text);

    // What stands before the answer to a single prompt, as the rows of this form write it.
    RenderedRow renderPrompt(const std::string& prompt) const;

private:
    std::optional<RenderedRow> renderMessages(const Json& row, const std::string& where,
                                              RowProblems& problems) const;

    DataFormat m_format;
    ChatFormat m_chat;
};

} // namespace lens
