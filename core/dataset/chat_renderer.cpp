// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/chat_renderer.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <filesystem>

namespace lens {
namespace {

constexpr std::size_t kMaxTemplateBytes = std::size_t{4} << 20;
constexpr const char* kChatMlName = "chatml";
constexpr const char* kDefaultName = "default";
constexpr const char* kToolsName = "tool_use";

constexpr const char* kChatMl = R"({%- if tools %}
    {{- raise_exception('plain ChatML, which stands in for the template that the model does not bring, knows no tools') }}
{%- endif %}
{%- for message in messages %}
    {%- if message['tool_calls'] %}
        {{- raise_exception('plain ChatML, which stands in for the template that the model does not bring, knows no tool calls') }}
    {%- endif %}
    {{- '<|im_start|>' + message['role'] + '\n' }}
    {%- if message['content'] is string %}
        {{- message['content'] }}
    {%- else %}
        {%- for part in message['content'] %}{{- part['text'] }}{%- endfor %}
    {%- endif %}
    {{- '<|im_end|>\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}
)";

struct Sources {
    std::string text;
    std::string where;
    std::optional<std::string> tools;
};

Sources sourcesOf(const Tokenizer& tokenizer, const std::string& chosen)
{
    std::error_code code;
    if (!chosen.empty() && std::filesystem::is_regular_file(chosen, code))
        return {readFile(chosen, kMaxTemplateBytes), chosen, std::nullopt};
    // A configuration makes a path of every name.
    const std::string name =
        chosen.empty() ? kDefaultName : std::filesystem::path(chosen).filename().string();
    const auto& known = tokenizer.chatTemplates();
    if (const auto found = known.find(name); found != known.end()) {
        const auto tools = known.find(kToolsName);
        const bool both = chosen.empty() && tools != known.end();
        return {found->second, "chat_template", both ? std::optional(tools->second) : std::nullopt};
    }
    if (chosen.empty() || name == kChatMlName)
        return {kChatMl, "ChatML", std::nullopt};
    std::string names = "chatml";
    for (const auto& [one, text] : known)
        names += ", " + one;
    throw Error("there is no such file, and the model has no chat template of this name: " + chosen,
                "data.chat_template", "a file, or one of: " + names);
}

Json question(const std::string& text)
{
    return Json::array({{{"role", "user"}, {"content", text}}});
}

} // namespace

ChatRenderer::ChatRenderer(const Tokenizer& tokenizer, const std::string& chosen)
    : m_specialTokens(tokenizer.specialTokens())
    , m_ends(tokenizer)
{
    const Sources sources = sourcesOf(tokenizer, chosen);
    m_template = ChatTemplate::parse(sources.text, sources.where);
    if (sources.tools)
        m_toolTemplate = ChatTemplate::parse(*sources.tools, sources.where + " (tool_use)");
    learnEnd();
}

// What the template writes behind the shortest conversation.
void ChatRenderer::learnEnd()
{
    Json messages = question("question");
    messages.push_back({{"role", "assistant"}, {"content", "answer"}});
    const auto chat = tryRender(messages, optionsFor(Json::object(), false));
    if (!chat || chat->origins.empty() || chat->origins.back().message != 1)
        return;
    m_ends.learn(std::string_view(chat->text).substr(chat->origins.back().span.end));
}

const ChatTemplate& ChatRenderer::templateFor(const Json& variables) const
{
    return m_toolTemplate && variables.contains("tools") ? *m_toolTemplate : *m_template;
}

ChatOptions ChatRenderer::optionsFor(const Json& variables, bool generationPrompt) const
{
    ChatOptions options;
    options.addGenerationPrompt = generationPrompt;
    options.specialTokens = m_specialTokens;
    options.variables = variables;
    return options;
}

std::optional<RenderedChat> ChatRenderer::tryRender(const Json& messages, const ChatOptions& options) const
{
    try {
        return templateFor(options.variables).render(messages, options);
    } catch (const Error&) {
        return std::nullopt;
    }
}

RenderedRow ChatRenderer::render(const Conversation& conversation) const
{
    const ChatOptions options = optionsFor(conversation.variables, false);
    const RenderedChat chat = templateFor(options.variables).render(conversation.messages, options);
    const auto renderPart = [&](std::size_t count, bool generationPrompt) {
        const auto begin = conversation.messages.begin();
        return tryRender(Json(begin, begin + static_cast<std::ptrdiff_t>(count)),
                         optionsFor(conversation.variables, generationPrompt));
    };
    const FoundAnswers found = AnswerFinder(conversation, chat, m_ends, renderPart).find();
    RenderedRow row;
    row.text = chat.text;
    row.conversation = true;
    for (const RenderedChat::Span& span : found.spans)
        row.answers.push_back({static_cast<std::uint32_t>(span.begin), static_cast<std::uint32_t>(span.end)});
    for (const RenderedChat::Origin& origin : chat.origins)
        row.written.push_back(
            {static_cast<std::uint32_t>(origin.span.begin), static_cast<std::uint32_t>(origin.span.end)});
    row.droppedAnswers = found.dropped;
    row.endlessAnswers = found.endless;
    return row;
}

RenderedRow ChatRenderer::renderOpen(const Conversation& conversation) const
{
    const ChatOptions options = optionsFor(conversation.variables, true);
    RenderedRow row;
    row.text = templateFor(options.variables).render(conversation.messages, options).text;
    row.conversation = true;
    return row;
}

RenderedRow ChatRenderer::renderPrompt(const std::string& prompt) const
{
    Conversation conversation;
    conversation.messages = question(prompt);
    return renderOpen(conversation);
}

std::vector<TokenId> ChatRenderer::endIds() const
{
    return {m_ends.ids().begin(), m_ends.ids().end()};
}

} // namespace lens
