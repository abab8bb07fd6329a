// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/message_reader.h"

#include "core/dataset/conversation.h"
#include "core/dataset/row_fields.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lens {
namespace {

struct Speaker {
    std::string_view name; // in "from"
    const char* role;
};

// Names of FastChat's, LLaMA-Factory's and axolotl's data. function_call is an answer of its own kind.
constexpr const char* kFunctionCall = "function_call";
constexpr std::array<Speaker, 14> kSpeakers{{{"human", "user"},
                                             {"user", "user"},
                                             {"gpt", "assistant"},
                                             {"chatgpt", "assistant"},
                                             {"bing", "assistant"},
                                             {"bard", "assistant"},
                                             {"model", "assistant"},
                                             {"assistant", "assistant"},
                                             {"system", "system"},
                                             {"tool", "tool"},
                                             {"observation", "tool"},
                                             {"ipython", "tool"},
                                             {"function_response", "tool"},
                                             {kFunctionCall, "assistant"}}};

class MessageReader {
public:
    MessageReader(const std::string& where, RowProblems& problems)
        : m_where(where)
        , m_problems(problems)
        , m_before(problems.count())
    {
    }

    std::optional<ReadMessage> read(const Json& message, MessageForm form)
    {
        if (!message.is_object()) {
            m_problems.add(notA("an object", message), m_where);
            return std::nullopt;
        }
        if (form == MessageForm::ShareGpt)
            readShareGpt(message);
        else
            readRoles(message);
        readFlags(message);
        return m_problems.count() == m_before ? std::optional(std::move(m_read)) : std::nullopt;
    }

private:
    // Whatever the role is: it may be no text.
    bool isTool() const
    {
        const auto role = m_read.json.find("role");
        return role != m_read.json.end() && *role == "tool";
    }

    void readRoles(const Json& message)
    {
        for (const auto& [key, value] : message.items())
            if (!value.is_null())
                m_read.json[key] = value;
        const auto role = textField(message, "role", TextField::NotEmpty, m_where, m_problems);
        m_read.answer = role && isAnswer(*role);
        readToolCalls();
        readContent(message);
    }

    void readShareGpt(const Json& message)
    {
        const auto from = textField(message, "from", TextField::NotEmpty, m_where, m_problems);
        const auto value = textField(message, "value", TextField::MayBeEmpty, m_where, m_problems);
        if (!from || !value)
            return;
        const auto speaker = std::find_if(kSpeakers.begin(), kSpeakers.end(),
                                          [&](const Speaker& one) { return one.name == *from; });
        if (speaker == kSpeakers.end()) {
            std::string known;
            for (const Speaker& one : kSpeakers)
                known += (known.empty() ? "known: " : ", ") + std::string(one.name);
            m_problems.add("the name \"" + *from + "\" is not known", m_where + ": from", known);
            return;
        }
        m_read.json = {{"role", speaker->role}, {"content", *value}};
        m_read.answer = isAnswer(speaker->role);
        if (*from == kFunctionCall)
            readFunctionCall(*value);
    }

    // LLaMA-Factory: the call, or a list of calls, as JSON text {"name", "arguments"}.
    void readFunctionCall(const std::string& value)
    {
        Json calls = jsonOrText(Json(value));
        if (calls.is_object())
            calls = Json::array({calls});
        if (!calls.is_array() || calls.empty()) {
            m_problems.add("is no call as JSON text", m_where + ": value",
                           R"({"name": "…", "arguments": {…}}, or a list of such)");
            return;
        }
        m_read.json["content"] = "";
        Json& list = m_read.json["tool_calls"] = Json::array();
        for (const Json& call : calls) {
            if (!call.is_object() || !call.contains("name") || !call["name"].is_string())
                m_problems.add("a call has no name", m_where + ": value");
            list.push_back({{"type", "function"}, {"function", call}});
        }
        readToolCalls();
    }

    // OpenAI writes the arguments as JSON text, templates want the object: as text they would be quoted a
    // second time. vLLM and axolotl read them too.
    void readToolCalls()
    {
        const auto calls = m_read.json.find("tool_calls");
        if (calls == m_read.json.end())
            return;
        if (!calls->is_array()) {
            m_problems.add(notA("a list", *calls), m_where + ": tool_calls");
            return;
        }
        // Exported tables have an empty list where there was none, and templates ask whether there is one.
        if (calls->empty()) {
            m_read.json.erase("tool_calls");
            return;
        }
        for (std::size_t i = 0; i < calls->size(); ++i) {
            Json& call = (*calls)[i];
            if (!call.is_object()) {
                m_problems.add(notA("an object", call), m_where + ": tool_calls[" + std::to_string(i) + "]");
                continue;
            }
            Json& function =
                call.contains("function") && call["function"].is_object() ? call["function"] : call;
            if (!function.contains("arguments"))
                continue;
            Json arguments = jsonOrText(function["arguments"]);
            if (arguments.is_object())
                function["arguments"] = std::move(arguments);
        }
    }

    void readContent(const Json& message)
    {
        const std::string path = m_where + ": content";
        const Json* content = presentField(message, "content");
        if (!content) {
            if (m_read.json.contains("tool_calls"))
                m_read.json["content"] = ""; // OpenAI's null beside a call
            else if (message.contains("content"))
                m_problems.add(notA("a string", message["content"]), path);
            else
                m_problems.add("is missing", path);
        } else if (content->is_array()) {
            readParts(*content, path);
        } else if (!content->is_string() && !(content->is_object() && isTool())) {
            m_problems.add(notA("a string", *content), path);
        }
    }

    void readParts(const Json& parts, const std::string& path)
    {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Json& part = parts[i];
            const std::string at = path + "[" + std::to_string(i) + "]";
            if (!part.is_object()) {
                m_problems.add(notA("an object", part), at);
                continue;
            }
            const Json* type = presentField(part, "type");
            if (!type || *type != "text")
                m_problems.add("is no text", at + ": type", R"(only parts {"type": "text", "text": "…"})");
            else
                textField(part, "text", TextField::MayBeEmpty, at, m_problems);
        }
    }

    // "weight" is OpenAI's and Mistral's name, "train" axolotl's.
    void readFlags(const Json& message)
    {
        bool wanted = true;
        bool asked = false;
        if (const Json* weight = presentField(message, "weight")) {
            if (!weight->is_number() || (*weight != 0 && *weight != 1))
                m_problems.add("found " + weight->dump() + ", allowed 0 and 1", m_where + ": weight");
            else
                wanted = *weight != 0;
        }
        if (const Json* train = presentField(message, "train")) {
            if (!train->is_boolean())
                m_problems.add(notA("true or false", *train), m_where + ": train");
            else
                asked = wanted = train->get<bool>();
        }
        if (asked && !m_read.answer)
            m_problems.add("only what the assistant says can be trained", m_where + ": train",
                           "train_on_prompt trains everything");
        m_read.trained = m_read.answer && wanted;
        m_read.json.erase("weight");
        m_read.json.erase("train");
    }

    const std::string& m_where;
    RowProblems& m_problems;
    std::size_t m_before;
    ReadMessage m_read;
};

} // namespace

bool isAnswer(const std::string& role)
{
    // Granite writes calls under a role of their own.
    return role == "assistant" || role == "model" || role == "assistant_tool_call";
}

std::optional<ReadMessage> readMessage(const Json& message, MessageForm form, const std::string& where,
                                       RowProblems& problems)
{
    return MessageReader(where, problems).read(message, form);
}

} // namespace lens
