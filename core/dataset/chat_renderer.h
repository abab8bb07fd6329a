// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Conversations as one text by the model's chat template, with what of it is trained. A model without a
// template is given plain ChatML (<|im_start|>role\ncontent<|im_end|>\n), as llama.cpp and transformers once
// did; it knows no tools.
#pragma once

#include "core/chat_template/chat_template.h"
#include "core/dataset/answer_finder.h"
#include "core/dataset/conversation.h"
#include "core/dataset/rendered_row.h"
#include "core/tokenizer/tokenizer.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens {

class ChatRenderer {
public:
    // `chosen` (data.chat_template): empty: the model's own; the name of one of the model's; "chatml"; or a
    // file. The tokenizer must outlive this. Throws Error if the template is no template or cannot be read.
    ChatRenderer(const Tokenizer& tokenizer, const std::string& chosen);

    // Throws Error: the template's own words where it refuses the conversation.
    RenderedRow render(const Conversation& conversation) const;
    // With the generation prompt behind it, so that the next answer can follow; nothing of it is trained.
    RenderedRow renderOpen(const Conversation& conversation) const;
    // A single user message, open for the answer.
    RenderedRow renderPrompt(const std::string& prompt) const;
    // The tokens after which an answer has ended: those of the tokenizer, and what the template writes.
    std::vector<TokenId> endIds() const;

private:
    const ChatTemplate& templateFor(const Json& variables) const;
    ChatOptions optionsFor(const Json& variables, bool generationPrompt) const;
    std::optional<RenderedChat> tryRender(const Json& messages, const ChatOptions& options) const;
    void learnEnd();

    std::map<std::string, std::string> m_specialTokens;
    std::optional<ChatTemplate> m_template; // set once the constructor is through
    std::optional<ChatTemplate> m_toolTemplate;
    TurnEnds m_ends;
};

} // namespace lens
