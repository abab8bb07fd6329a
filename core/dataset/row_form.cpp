// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_form.h"

#include "core/base/error.h"

namespace lens {
namespace {

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

enum class Field { MayBeEmpty, NotEmpty };

// The text of a field; a problem if it is missing, no string, or blank where it must not be.
std::optional<std::string> textField(const Json& row, const char* key, Field kind, const std::string& where,
                                     RowProblems& problems)
{
    const std::string path = where + ": " + key;
    if (!row.contains(key)) {
        problems.add("is missing", path);
        return std::nullopt;
    }
    const Json& field = row.at(key);
    if (!field.is_string()) {
        problems.add(std::string("is not a string but ") + field.type_name(), path);
        return std::nullopt;
    }
    auto text = field.get<std::string>();
    if (kind == Field::NotEmpty && isBlank(text)) {
        problems.add("is empty", path);
        return std::nullopt;
    }
    return text;
}

void appendAnswer(RenderedRow& row, std::string_view answer)
{
    const auto begin = static_cast<std::uint32_t>(row.text.size());
    row.text += answer;
    row.answers.push_back({begin, static_cast<std::uint32_t>(row.text.size())});
}

RenderedRow withAnswer(std::string prompt, std::string_view answer)
{
    RenderedRow row;
    row.text = std::move(prompt);
    appendAnswer(row, answer);
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
    const auto prompt = textField(row, "prompt", Field::MayBeEmpty, where, problems);
    const auto completion = textField(row, "completion", Field::NotEmpty, where, problems);
    if (!prompt || !completion)
        return std::nullopt;
    return withAnswer(*prompt, *completion);
}

std::optional<RenderedRow> renderAlpaca(const Json& row, const std::string& where, RowProblems& problems)
{
    const bool hasInput = row.contains("input") && !row["input"].is_null();
    const auto instruction = textField(row, "instruction", Field::NotEmpty, where, problems);
    const auto input = hasInput ? textField(row, "input", Field::MayBeEmpty, where, problems) : std::string();
    const auto output = textField(row, "output", Field::NotEmpty, where, problems);
    if (!instruction || !input || !output)
        return std::nullopt;
    return withAnswer(alpacaPrompt(*instruction, *input), *output);
}

void appendTurn(RenderedRow& row, std::string_view role, std::string_view content)
{
    row.text.append(kTurnBegin).append(role).append("\n");
    const std::string ended = std::string(content) + kTurnEnd;
    if (role == "assistant")
        appendAnswer(row, ended);
    else
        row.text += ended;
    row.text += "\n";
}

} // namespace

DataFormat formatOf(const Json& row, const std::string& where)
{
    constexpr const char* kKnown =
        "known: messages; prompt and completion; instruction, input and output; text";
    if (!row.is_object())
        throw Error(std::string("is not a JSON object but ") + row.type_name(), where, kKnown);
    if (row.contains("messages"))
        return DataFormat::Messages;
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

RowForm::RowForm(DataFormat format, const std::optional<std::string>& chatTemplate) : m_format(format)
{
    if (format == DataFormat::Messages)
        m_chat = chatFormatOf(chatTemplate);
}

RenderedRow RowForm::renderText(std::string_view text)
{
    return withAnswer({}, text);
}

std::optional<RenderedRow> RowForm::render(const Json& row, const std::string& where,
                                           RowProblems& problems) const
{
    if (!row.is_object()) {
        problems.add(std::string("is not a JSON object but ") + row.type_name(), where);
        return std::nullopt;
    }
    switch (m_format) {
    case DataFormat::Messages:
        return renderMessages(row, where, problems);
    case DataFormat::PromptCompletion:
        return renderCompletion(row, where, problems);
    case DataFormat::Alpaca:
        return renderAlpaca(row, where, problems);
    default:
        break;
    }
    const auto text = textField(row, "text", Field::NotEmpty, where, problems);
    return text ? std::optional(renderText(*text)) : std::nullopt;
}

std::optional<RenderedRow> RowForm::renderMessages(const Json& row, const std::string& where,
                                                   RowProblems& problems) const
{
    const Json messages = row.value("messages", Json());
    if (!messages.is_array() || messages.empty()) {
        problems.add(messages.is_null() ? "is missing" : "is not a list of messages", where + ": messages");
        return std::nullopt;
    }
    const std::size_t before = problems.count();
    RenderedRow rendered;
    rendered.conversation = true;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Json& message = messages[i];
        const std::string at = where + ": messages[" + std::to_string(i) + "]";
        if (!message.is_object()) {
            problems.add(std::string("is not an object but ") + message.type_name(), at);
            continue;
        }
        const auto role = textField(message, "role", Field::NotEmpty, at, problems);
        const bool answers = role == "assistant";
        const auto content =
            textField(message, "content", answers ? Field::NotEmpty : Field::MayBeEmpty, at, problems);
        if (role && *role != "system" && *role != "user" && !answers)
            problems.add("the role \"" + *role + "\" is not known", at + ": role",
                         "known: system, user, assistant");
        if (i == 0 && m_chat.defaultSystem && role && *role != "system")
            appendTurn(rendered, "system", *m_chat.defaultSystem);
        if (role && content)
            appendTurn(rendered, *role, *content);
    }
    if (problems.count() == before && rendered.answers.empty())
        problems.add("have no answer to train (no message of the assistant)", where + ": messages");
    return problems.count() == before ? std::optional(std::move(rendered)) : std::nullopt;
}

RenderedRow RowForm::renderPrompt(const std::string& prompt) const
{
    RenderedRow row;
    row.conversation = m_format == DataFormat::Messages;
    if (row.conversation) {
        if (m_chat.defaultSystem)
            appendTurn(row, "system", *m_chat.defaultSystem);
        appendTurn(row, "user", prompt);
        row.text += std::string(kTurnBegin) + "assistant\n";
    } else {
        row.text = m_format == DataFormat::Alpaca ? alpacaPrompt(prompt, {}) : prompt;
    }
    return row;
}

} // namespace lens
