// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/answer_finder.h"

#include "core/dataset/row_fields.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Fields that stand in a message's header and not in its text.
bool isText(const RenderedChat::Origin& origin)
{
    return origin.field != "role" && origin.field != "name" && origin.field != "tool_call_id";
}

std::size_t commonPrefix(std::string_view a, std::string_view b)
{
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// What stands behind the last byte that came out of a message.
std::string_view tailOf(const RenderedChat& chat)
{
    return std::string_view(chat.text).substr(chat.origins.empty() ? 0 : chat.origins.back().span.end);
}

using Place = std::pair<std::size_t, std::string>; // message and field

// What the byte before `position` of a rendered text came from.
std::optional<Place> placeBefore(const RenderedChat& chat, std::size_t position)
{
    for (const RenderedChat::Origin& origin : chat.origins)
        if (origin.span.end == position && origin.span.begin < position)
            return Place{origin.message, origin.field};
    return std::nullopt;
}

// An end mark that is no token of its own: "<|im_end|>" of "<|im_end|>\n". Blanks are no mark.
std::size_t writtenMark(std::string_view closing)
{
    const std::size_t begin = closing.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return 0;
    const char last = closing[begin] == '<' ? '>' : closing[begin] == '[' ? ']' : '\0';
    const std::size_t bracket = last ? closing.find(last, begin) : std::string_view::npos;
    return bracket == std::string_view::npos ? closing.find_last_not_of(kBlanks) + 1 : bracket + 1;
}

bool saysSomething(const Json& message)
{
    for (const auto& [key, value] : message.items()) {
        if (key == "role" || key == "name" || key == "tool_call_id")
            continue;
        if (value.is_string() ? !isBlank(value.get_ref<const std::string&>()) : !value.empty())
            return true;
    }
    return false;
}

} // namespace

AnswerFinder::AnswerFinder(const Conversation& conversation, const RenderedChat& rendered,
                           const TurnEnds& ends, RenderPart renderPart)
    : m_conversation(conversation)
    , m_rendered(rendered)
    , m_ends(ends)
    , m_renderPart(std::move(renderPart))
    , m_texts(conversation.messages.size())
    , m_endOfEarlier(conversation.messages.size() + 1)
{
    for (const RenderedChat::Origin& origin : rendered.origins) {
        std::size_t& end = m_endOfEarlier[origin.message + 1];
        end = std::max(end, origin.span.end);
        if (!isText(origin) || origin.span.begin == origin.span.end)
            continue;
        std::optional<Span>& text = m_texts[origin.message];
        text = Span{text ? text->begin : origin.span.begin, origin.span.end};
    }
    for (std::size_t i = 1; i < m_endOfEarlier.size(); ++i)
        m_endOfEarlier[i] = std::max(m_endOfEarlier[i], m_endOfEarlier[i - 1]);
}

// The origins ascend and do not meet: what concerns a stretch of the text is found by halving.
AnswerFinder::Origins AnswerFinder::firstEndingBehind(std::size_t position) const
{
    return std::partition_point(
        m_rendered.origins.begin(), m_rendered.origins.end(),
        [position](const RenderedChat::Origin& origin) { return origin.span.end <= position; });
}

AnswerFinder::Origins AnswerFinder::firstBeginningAt(std::size_t position) const
{
    return std::partition_point(
        m_rendered.origins.begin(), m_rendered.origins.end(),
        [position](const RenderedChat::Origin& origin) { return origin.span.begin < position; });
}

FoundAnswers AnswerFinder::find()
{
    if (m_rendered.hasGeneration)
        return generationBlocks();
    FoundAnswers found;
    for (std::size_t i = 0; i < m_conversation.messages.size(); ++i) {
        if (!m_conversation.trained[i])
            continue;
        if (textOf(i))
            addAnswer(i, found);
        else if (saysSomething(m_conversation.messages[i]))
            ++found.dropped;
        else
            addEmptyAnswer(i, found);
    }
    std::sort(found.spans.begin(), found.spans.end(),
              [](const Span& a, const Span& b) { return a.begin < b.begin; });
    return found;
}

// As transformers does: what the blocks wrote and nothing else. A block with the text of a message that is
// not to be trained is left out.
FoundAnswers AnswerFinder::generationBlocks() const
{
    FoundAnswers found;
    for (const Span& span : m_rendered.generation) {
        bool kept = true;
        std::size_t text = span.begin; // end of the last message's bytes in the block
        for (auto origin = firstEndingBehind(span.begin);
             origin != m_rendered.origins.end() && origin->span.begin < span.end; ++origin) {
            kept = kept && m_conversation.trained[origin->message];
            if (origin->span.end <= span.end)
                text = origin->span.end;
        }
        if (!kept || span.begin == span.end)
            continue;
        found.spans.push_back(span);
        const std::string_view closing = std::string_view(m_rendered.text).substr(text, span.end - text);
        found.endless += m_ends.firstSpecial(closing) == 0 && writtenMark(closing) == 0;
    }
    return found;
}

// From the first to the last byte of the message's own text.
std::optional<RenderedChat::Span> AnswerFinder::textOf(std::size_t message) const
{
    return m_texts[message];
}

bool AnswerFinder::othersWithin(std::size_t message, Span span) const
{
    for (auto origin = firstEndingBehind(span.begin);
         origin != m_rendered.origins.end() && origin->span.begin < span.end; ++origin)
        if (origin->message != message)
            return true;
    return false;
}

// Where the text of other messages before `position` ends.
std::size_t AnswerFinder::endBefore(std::size_t message, std::size_t position) const
{
    for (auto origin = firstEndingBehind(position); origin != m_rendered.origins.begin();)
        if ((--origin)->message != message)
            return origin->span.end;
    return 0;
}

// Where another message's text begins behind `position`, or the end of it all.
std::size_t AnswerFinder::beginBehind(std::size_t message, std::size_t position) const
{
    for (auto origin = firstBeginningAt(position); origin != m_rendered.origins.end(); ++origin)
        if (origin->message != message)
            return origin->span.begin;
    return m_rendered.text.size();
}

void AnswerFinder::addAnswer(std::size_t message, FoundAnswers& found)
{
    const Span text = *textOf(message);
    if (othersWithin(message, text)) { // torn apart: no more than its own bytes
        for (auto origin = firstBeginningAt(text.begin);
             origin != m_rendered.origins.end() && origin->span.begin < text.end; ++origin)
            if (origin->message == message && isText(*origin))
                found.spans.push_back(origin->span);
        ++found.endless;
        return;
    }
    const std::size_t before = endBefore(message, text.begin);
    const std::string_view gap = std::string_view(m_rendered.text).substr(before, text.begin - before);
    const std::size_t prompt = promptBytes(message, before, gap);
    close(message, {prompt > 0 ? before + prompt : text.begin, text.end}, {}, found);
}

// Without any text only its end mark is the model's to say; where that is, only the prompt tells.
void AnswerFinder::addEmptyAnswer(std::size_t message, FoundAnswers& found)
{
    const std::size_t before = m_endOfEarlier[message];
    auto next = firstBeginningAt(before);
    while (next != m_rendered.origins.end() && next->message <= message)
        ++next;
    const std::size_t behind = next == m_rendered.origins.end() ? m_rendered.text.size() : next->span.begin;
    const auto tail = promptTail(message, before);
    const std::string_view region = std::string_view(m_rendered.text).substr(before, behind - before);
    if (!tail || tail->empty() || !region.starts_with(*tail)) {
        ++found.dropped;
        return;
    }
    const std::size_t begin = before + tail->size();
    close(message, {begin, begin}, *tail, found);
}

// `prompt`: of an answer without text, what stands before it behind other messages.
void AnswerFinder::close(std::size_t message, Span answer, const std::string& prompt, FoundAnswers& found)
{
    const std::size_t behind = beginBehind(message, answer.end);
    const std::string_view closing =
        std::string_view(m_rendered.text).substr(answer.end, behind - answer.end);
    const std::size_t mark = markBytes(message, prompt, closing);
    found.endless += mark == 0;
    answer.end += mark;
    if (answer.begin < answer.end)
        found.spans.push_back(answer);
}

// How much of the gap before an answer is the generation prompt; 0: unknown.
std::size_t AnswerFinder::promptBytes(std::size_t message, std::size_t gapBegin, std::string_view gap)
{
    const std::string before = message > 0 ? roleOf(message - 1) : std::string();
    const auto [known, fresh] = m_prompts.try_emplace({before, std::string(gap)}, 0);
    if (!fresh)
        return known->second;
    const auto tail = promptTail(message, gapBegin);
    known->second = tail ? commonPrefix(*tail, gap) : 0;
    return known->second;
}

// What a model is given behind the text of the messages before its turn; nothing if that text does not end
// with what stands before `gapBegin` here (a template that shows the messages in another order).
std::optional<std::string> AnswerFinder::promptTail(std::size_t message, std::size_t gapBegin)
{
    const auto before = part(message, true);
    if (!before)
        return std::nullopt;
    const std::string_view tail = tailOf(*before);
    if (placeBefore(*before, before->text.size() - tail.size()) != placeBefore(m_rendered, gapBegin))
        return std::nullopt;
    return std::string(tail);
}

// How much of what stands behind an answer is its end: through the end-of-turn token, or a mark in plain
// text. A token that this template does not write when the conversation ends here belongs to the next turn.
std::size_t AnswerFinder::markBytes(std::size_t message, const std::string& prompt, std::string_view closing)
{
    if (closing.empty())
        return 0;
    const auto [known, fresh] = m_marks.try_emplace(std::string(closing), 0);
    if (!fresh)
        return known->second;
    if (const std::size_t end = m_ends.knownEnd(closing); end > 0)
        return known->second = end;
    const std::string alone =
        message + 1 == m_conversation.messages.size() ? std::string(closing) : closingAlone(message, prompt);
    const std::string_view own = closing.substr(0, commonPrefix(closing, alone));
    if (const std::size_t end = m_ends.firstSpecial(own); end > 0)
        return known->second = end;
    return known->second = writtenMark(own);
}

// What the template writes behind the answer when the conversation ends with it.
std::string AnswerFinder::closingAlone(std::size_t message, const std::string& prompt)
{
    const auto upTo = part(message + 1, false);
    if (!upTo)
        return {};
    if (prompt.empty())
        return std::string(tailOf(*upTo));
    std::size_t before = 0;
    for (const RenderedChat::Origin& origin : upTo->origins)
        if (origin.message < message)
            before = std::max(before, origin.span.end);
    const std::string tail = upTo->text.substr(before);
    return tail.starts_with(prompt) ? tail.substr(prompt.size()) : std::string();
}

std::optional<RenderedChat> AnswerFinder::part(std::size_t count, bool generationPrompt)
{
    if (m_rendersLeft-- <= 0)
        return std::nullopt;
    return m_renderPart(count, generationPrompt);
}

std::string AnswerFinder::roleOf(std::size_t message) const
{
    return m_conversation.messages[message].value("role", "");
}

} // namespace lens
