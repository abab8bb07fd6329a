// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One line of `tokenize`: text or a conversation in, a line of JSON out.
#pragma once

#include "core/base/json.h"
#include "core/dataset/chat_renderer.h"
#include "core/dataset/row_encoder.h"
#include "core/tokenizer/tokenizer.h"

#include <optional>
#include <string>
#include <string_view>

namespace lens {

struct TokenizeOptions {
    bool json = false; // each line is a JSON string
    bool chat = false; // each line is a conversation
    bool specialTokens = true;
    bool generationPrompt = false;
    bool spans = false;
    bool mask = false;
    std::string chatTemplate;
};

class LineTokenizer {
public:
    // The tokenizer must outlive this. Throws Error if a chat template is needed and cannot be read.
    LineTokenizer(const Tokenizer& tokenizer, TokenizeOptions options);

    // Appends a line to `out`. Throws Error with what is wrong with the line; `where` names it.
    void append(std::string& out, std::string_view line, const std::string& where) const;

private:
    void appendText(std::string& out, std::string_view text) const;
    void appendConversation(std::string& out, const Json& row, const std::string& where) const;
    RenderedRow rendered(const Conversation& conversation, const std::string& where) const;

    const Tokenizer& m_tokenizer;
    TokenizeOptions m_options;
    std::optional<ChatRenderer> m_chat;
    RowEncoder m_encoder;
};

} // namespace lens
