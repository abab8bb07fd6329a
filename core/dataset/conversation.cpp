// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/conversation.h"

#include "core/dataset/message_reader.h"
#include "core/dataset/row_fields.h"

namespace lens {
namespace {

enum class Trained { Answers, Nothing };

class ConversationReader {
public:
    ConversationReader(const Json& row, const std::string& where, RowProblems& problems)
        : m_row(row)
        , m_where(where)
        , m_problems(problems)
        , m_before(problems.count())
    {
    }

    std::optional<Conversation> read(DataFormat format, Answers answers)
    {
        readVariables();
        if (format == DataFormat::ShareGpt) {
            readSystem();
            readList("conversations", MessageForm::ShareGpt, Trained::Answers);
        } else if (format == DataFormat::PromptCompletion) {
            readList("prompt", MessageForm::Roles, Trained::Nothing);
            readList("completion", MessageForm::Roles, Trained::Answers);
        } else {
            readSystem();
            readList(m_row.contains("messages") || !m_row.contains("conversations") ? "messages"
                                                                                    : "conversations",
                     MessageForm::Roles, Trained::Answers);
        }
        if (m_problems.count() == m_before && !m_hasAnswer && answers == Answers::Needed)
            m_problems.add("have no answer to train (no message of the assistant)", m_where + ": " + m_list);
        return m_problems.count() == m_before ? std::optional(std::move(m_conversation)) : std::nullopt;
    }

private:
    void readVariables()
    {
        if (const Json* more = presentField(m_row, "chat_template_kwargs")) {
            if (more->is_object())
                m_conversation.variables.update(*more);
            else
                m_problems.add(notA("an object", *more), m_where + ": chat_template_kwargs");
        }
        for (const char* key : {"tools", "documents"}) {
            const Json* found = presentField(m_row, key);
            if (!found)
                continue;
            const Json value = key == std::string_view("tools") ? jsonOrText(*found) : *found;
            if (!value.is_array())
                m_problems.add(notA("a list", *found), m_where + ": " + key);
            else if (!value.empty())
                m_conversation.variables[key] = value;
        }
    }

    // LLaMA-Factory's and axolotl's rows have it beside the list.
    void readSystem()
    {
        const Json* system = presentField(m_row, "system");
        if (!system)
            return;
        if (!system->is_string())
            m_problems.add(notA("a string", *system), m_where + ": system");
        else if (!isBlank(system->get_ref<const std::string&>()))
            add({{"role", "system"}, {"content", *system}}, false);
    }

    void readList(const char* key, MessageForm form, Trained trained)
    {
        m_list = key;
        const Json* list = presentField(m_row, key);
        if (!list || !list->is_array() || list->empty()) {
            m_problems.add(list ? "is not a list of messages" : "is missing", m_where + ": " + key);
            return;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string at = m_where + ": " + key + "[" + std::to_string(i) + "]";
            auto message = readMessage((*list)[i], form, at, m_problems);
            if (!message)
                continue;
            m_hasAnswer = m_hasAnswer || (message->answer && trained == Trained::Answers);
            add(std::move(message->json), message->trained && trained == Trained::Answers);
        }
    }

    void add(Json message, bool trained)
    {
        m_conversation.messages.push_back(std::move(message));
        m_conversation.trained.push_back(trained);
    }

    const Json& m_row;
    const std::string& m_where;
    RowProblems& m_problems;
    std::size_t m_before;
    std::string m_list;
    bool m_hasAnswer = false;
    Conversation m_conversation;
};

} // namespace

std::optional<Conversation> conversationOf(const Json& row, DataFormat format, const std::string& where,
                                           RowProblems& problems, Answers answers)
{
    if (row.is_array())
        return ConversationReader(Json{{"messages", row}}, where, problems)
            .read(DataFormat::Messages, answers);
    return ConversationReader(row, where, problems).read(format, answers);
}

bool isConversational(const Json& row)
{
    const Json* prompt = presentField(row, "prompt");
    return prompt && prompt->is_array();
}

} // namespace lens
