// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_form.h"

#include "core/base/error.h"
#include "core/dataset/row_fields.h"

namespace lens {
namespace {

RenderedRow withAnswer(std::string prompt, std::string_view answer)
{
    RenderedRow row;
    row.text = std::move(prompt);
    const auto begin = static_cast<std::uint32_t>(row.text.size());
    row.text += answer;
    row.answers.push_back({begin, static_cast<std::uint32_t>(row.text.size())});
    return row;
}

std::string alpacaPrompt(const std::string& instruction, const std::string& input)
{
    std::string prompt = "### Instruction:\n" + instruction + "\n\n";
    if (!isBlank(input))
        prompt += "### Input:\n" + input + "\n\n";
    return prompt + "### Response:\n";
}

std::optional<RenderedRow> renderCompletion(const Json& row, const std::string& where, RowProblems& problems)
{
    const auto prompt = textField(row, "prompt", TextField::MayBeEmpty, where, problems);
    const auto completion = textField(row, "completion", TextField::NotEmpty, where, problems);
    if (!prompt || !completion)
        return std::nullopt;
    return withAnswer(*prompt, *completion);
}

std::optional<RenderedRow> renderAlpaca(const Json& row, const std::string& where, RowProblems& problems)
{
    const bool hasInput = presentField(row, "input") != nullptr;
    const auto instruction = textField(row, "instruction", TextField::NotEmpty, where, problems);
    const auto input =
        hasInput ? textField(row, "input", TextField::MayBeEmpty, where, problems) : std::string();
    const auto output = textField(row, "output", TextField::NotEmpty, where, problems);
    if (!instruction || !input || !output)
        return std::nullopt;
    return withAnswer(alpacaPrompt(*instruction, *input), *output);
}

bool isShareGpt(const Json& row)
{
    const Json* list = presentField(row, "conversations");
    return list && !(list->is_array() && !list->empty() && list->front().is_object() &&
                     list->front().contains("role"));
}

} // namespace

DataFormat formatOf(const Json& row, const std::string& where)
{
    constexpr const char* kKnown =
        "known: messages; conversations; prompt and completion; instruction, input "
        "and output; text";
    if (row.is_array())
        return DataFormat::Messages;
    if (!row.is_object())
        throw Error(std::string("is not a JSON object but ") + row.type_name(), where, kKnown);
    if (row.contains("messages"))
        return DataFormat::Messages;
    if (row.contains("conversations"))
        return isShareGpt(row) ? DataFormat::ShareGpt : DataFormat::Messages;
    if (row.contains("prompt") && row.contains("completion"))
        return DataFormat::PromptCompletion;
    if (row.contains("instruction") && row.contains("output"))
        return DataFormat::Alpaca;
    if (row.contains("text"))
        return DataFormat::Text;
    std::string keys;
    for (const auto& item : row.items())
        keys += (keys.empty() ? "" : ", ") + item.key();
    throw Error("the keys (" + keys + ") are those of no known form", where, kKnown);
}

RowForm::RowForm(DataFormat format, bool conversational, const Tokenizer& tokenizer,
                 const std::string& chatTemplate)
    : m_format(format)
{
    if (format == DataFormat::Messages || format == DataFormat::ShareGpt ||
        (format == DataFormat::PromptCompletion && conversational))
        m_chat.emplace(tokenizer, chatTemplate);
}

RenderedRow RowForm::renderText(std::string_view text)
{
    return withAnswer({}, text);
}

std::optional<RenderedRow> RowForm::render(const Json& row, const std::string& where,
                                           RowProblems& problems) const
{
    const bool isList = row.is_array() && m_format == DataFormat::Messages;
    if (!row.is_object() && !isList) {
        problems.add(std::string("is not a JSON object but ") + row.type_name(), where);
        return std::nullopt;
    }
    if (m_chat)
        return renderConversation(row, where, problems);
    if (m_format == DataFormat::PromptCompletion)
        return renderCompletion(row, where, problems);
    if (m_format == DataFormat::Alpaca)
        return renderAlpaca(row, where, problems);
    const auto text = textField(row, "text", TextField::NotEmpty, where, problems);
    return text ? std::optional(renderText(*text)) : std::nullopt;
}

std::optional<RenderedRow> RowForm::renderConversation(const Json& row, const std::string& where,
                                                       RowProblems& problems) const
{
    const auto conversation = conversationOf(row, m_format, where, problems);
    if (!conversation)
        return std::nullopt;
    try {
        return m_chat->render(*conversation);
    } catch (const Error& error) {
        problems.add(error.first().what, where, "the chat template refuses the row: " + error.first().where);
        return std::nullopt;
    }
}

RenderedRow RowForm::renderPrompt(const std::string& prompt) const
{
    if (m_chat)
        return m_chat->renderPrompt(prompt);
    RenderedRow row;
    row.text = m_format == DataFormat::Alpaca ? alpacaPrompt(prompt, {}) : prompt;
    return row;
}

} // namespace lens
