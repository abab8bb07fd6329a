// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/line_tokenizer.h"

#include "core/base/error.h"
#include "core/dataset/row_form.h"
#include "core/tokenizer/utf8.h"

#include <charconv>
#include <limits>

namespace lens {
namespace {

void appendNumber(std::string& out, std::int64_t number)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void appendSpan(std::string& out, const Encoding::Span& span)
{
    out += '[';
    appendNumber(out, span.begin);
    out += ',';
    appendNumber(out, span.end);
    out += ']';
}

// "[1,2,3]", each number by `append(out, item)`.
template <typename Items, typename Append>
void appendList(std::string& out, const Items& items, Append append)
{
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += ',';
        append(out, items[i]);
    }
    out += ']';
}

Json parsed(std::string_view line, const std::string& where)
{
    try {
        return parseJson(line, where);
    } catch (const Error& error) {
        throw Error(error.first().what, where);
    }
}

std::string stringOf(std::string_view line, const std::string& where)
{
    const Json json = parsed(line, where);
    if (!json.is_string())
        throw Error(std::string("is not a JSON string but ") + json.type_name(), where);
    return json.get<std::string>();
}

} // namespace

LineTokenizer::LineTokenizer(const Tokenizer& tokenizer, TokenizeOptions options)
    : m_tokenizer(tokenizer)
    , m_options(std::move(options))
    , m_encoder(tokenizer, std::numeric_limits<std::size_t>::max(), false)
{
    if (m_options.chat)
        m_chat.emplace(tokenizer, m_options.chatTemplate);
}

void LineTokenizer::append(std::string& out, std::string_view line, const std::string& where) const
{
    if (const std::size_t bad = firstInvalidUtf8(line); bad < line.size())
        throw Error("is not valid UTF-8 (byte " + std::to_string(bad + 1) + " of the line)", where);
    if (m_options.chat)
        appendConversation(out, parsed(line, where), where);
    else if (m_options.json)
        appendText(out, stringOf(line, where));
    else
        appendText(out, line);
    out += '\n';
}

void LineTokenizer::appendText(std::string& out, std::string_view text) const
{
    const Encoding encoding = m_tokenizer.encode(text, m_options.specialTokens);
    if (!m_options.spans)
        return appendList(out, encoding.ids, appendNumber);
    out += "{\"ids\":";
    appendList(out, encoding.ids, appendNumber);
    out += ",\"spans\":";
    appendList(out, encoding.spans, appendSpan);
    out += '}';
}

void LineTokenizer::appendConversation(std::string& out, const Json& row, const std::string& where) const
{
    const DataFormat format = formatOf(row, where);
    const bool lists = format == DataFormat::PromptCompletion && isConversational(row);
    if (format != DataFormat::Messages && format != DataFormat::ShareGpt && !lists)
        throw Error("is no conversation", where, "known: messages; conversations; a list of messages");
    RowProblems problems;
    const auto conversation = conversationOf(row, format, where, problems, Answers::Optional);
    throwIfAny(problems.all(where));
    const RenderedRow text = rendered(*conversation, where);
    std::vector<Encoding::Span> spans;
    const TokenRow tokens = m_encoder.encode(text, &spans);
    if (!m_options.spans && !m_options.mask)
        return appendList(out, tokens.ids, appendNumber);
    out += "{\"ids\":";
    appendList(out, tokens.ids, appendNumber);
    if (m_options.mask) {
        out += ",\"trained\":";
        appendList(out, tokens.trained, appendNumber);
    }
    if (m_options.spans) {
        out += ",\"spans\":";
        appendList(out, spans, appendSpan);
        out += ",\"text\":" + toJsonLine(text.text);
    }
    out += '}';
}

RenderedRow LineTokenizer::rendered(const Conversation& conversation, const std::string& where) const
{
    try {
        return m_options.generationPrompt ? m_chat->renderOpen(conversation) : m_chat->render(conversation);
    } catch (const Error& error) {
        throw Error(error.first().what, where, error.first().where);
    }
}

} // namespace lens
