// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which bytes of a rendered conversation are what the model has to say.
//
// A template with {% generation %} blocks says it itself. Of all others it is told from where the bytes come
// from: an answer begins where the generation prompt ends (what a model is given when its turn comes), so
// that what the template writes between the header and the message's own text (a <think> opener, the wrapper
// of a tool call, a blank) is the model's to say; it ends with the first end-of-turn token behind its text,
// with what the template writes up to there.
#pragma once

#include "core/chat_template/chat_template.h"
#include "core/dataset/conversation.h"
#include "core/tokenizer/tokenizer.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lens {

// The end-of-turn tokens that a tokenizer names or a template was seen to write.
class TurnEnds {
public:
    explicit TurnEnds(const Tokenizer& tokenizer);

    void learn(std::string_view closing);
    const std::set<TokenId>& ids() const { return m_ids; }
    // Bytes of `closing` (what the template writes behind an answer) up to the end of a known end token; 0:
    // there is none.
    std::size_t knownEnd(std::string_view closing) const;
    // The same for the first special token, whatever it is.
    std::size_t firstSpecial(std::string_view closing) const;

private:
    std::size_t endOf(std::string_view closing, const std::function<bool(TokenId)>& wanted) const;

    const Tokenizer& m_tokenizer;
    std::set<TokenId> m_ids;
};

struct FoundAnswers {
    std::vector<RenderedChat::Span> spans; // ascending
    std::size_t dropped = 0;               // answers with a text of which the template wrote nothing
    std::size_t endless = 0;               // answers with no end mark behind them (or outside of the block)
};

class AnswerFinder {
public:
    // The first `count` messages, with or without the generation prompt; nothing if the template refuses.
    using RenderPart = std::function<std::optional<RenderedChat>(std::size_t count, bool generationPrompt)>;

    // All of it must outlive this object; one conversation each.
    AnswerFinder(const Conversation& conversation, const RenderedChat& rendered, const TurnEnds& ends,
                 RenderPart renderPart);

    FoundAnswers find();

private:
    using Span = RenderedChat::Span;

    FoundAnswers generationBlocks() const;
    void addAnswer(std::size_t message, FoundAnswers& found);
    void addEmptyAnswer(std::size_t message, FoundAnswers& found);
    void close(std::size_t message, Span answer, const std::string& prompt, FoundAnswers& found);
    std::optional<Span> textOf(std::size_t message) const;
    bool othersWithin(std::size_t message, Span span) const;
    std::size_t endBefore(std::size_t message, std::size_t position) const;
    std::size_t beginBehind(std::size_t message, std::size_t position) const;
    std::size_t promptBytes(std::size_t message, std::size_t gapBegin, std::string_view gap);
    std::optional<std::string> promptTail(std::size_t message, std::size_t gapBegin);
    std::size_t markBytes(std::size_t message, const std::string& prompt, std::string_view closing);
    std::string closingAlone(std::size_t message, const std::string& prompt);
    std::optional<RenderedChat> part(std::size_t count, bool generationPrompt);
    std::string roleOf(std::size_t message) const;
    using Origins = std::vector<RenderedChat::Origin>::const_iterator;
    Origins firstEndingBehind(std::size_t position) const;
    Origins firstBeginningAt(std::size_t position) const;

    const Conversation& m_conversation;
    const RenderedChat& m_rendered;
    const TurnEnds& m_ends;
    RenderPart m_renderPart;
    std::vector<std::optional<Span>> m_texts; // of each message, from its first to its last byte
    std::vector<std::size_t> m_endOfEarlier;  // of each message: where the last byte of those before it ends
    int m_rendersLeft = 64;
    // By the role before and what the template wrote between: turns of a kind are asked about once.
    std::map<std::pair<std::string, std::string>, std::size_t> m_prompts;
    std::map<std::string, std::size_t> m_marks;
};

} // namespace lens
