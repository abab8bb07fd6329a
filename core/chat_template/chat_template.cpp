// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/chat_template.h"

#include "core/base/error.h"
#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/global_functions.h"
#include "core/chat_template/input_values.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/template_parser.h"

#include <algorithm>

namespace lens {
namespace {

using namespace jinja;

constexpr std::size_t kMaxSource = 1u << 20;

void addNames(Renderer& renderer, const Json& messages, const ChatOptions& options,
              std::vector<MessageField>& fields)
{
    Heap& heap = renderer.heap();
    addGlobals(renderer);
    for (const char* name : {"tools", "documents"})
        renderer.setContext(name, [] { return Value(); });
    renderer.setContext("messages", [&] { return messagesOf(heap, messages, fields); });
    renderer.setContext("add_generation_prompt", [&] { return Value(options.addGenerationPrompt); });
    for (const auto& [name, text] : options.specialTokens)
        renderer.setContext(name, [&, value = &text] { return heap.text(*value); });
    for (const auto& [name, value] : options.variables.items())
        renderer.setContext(name, [&, json = &value] { return valueOf(heap, *json); });
}

std::size_t inputBytes(const Json& messages, const ChatOptions& options)
{
    std::size_t bytes = sizeOf(messages) + sizeOf(options.variables);
    for (const auto& [name, text] : options.specialTokens)
        bytes += name.size() + text.size();
    return bytes;
}

// Sorts what was marked into generation spans and origins; neighbours of one origin become one.
void readMarks(RenderedChat& chat, std::vector<Mark> marks, const std::vector<MessageField>& fields)
{
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    Source before = kOwn;
    for (const Mark& mark : marks) {
        if (mark.source == kGeneration) {
            chat.generation.push_back({mark.begin, mark.end});
        } else if (mark.begin < mark.end) {
            if (mark.source == before && chat.origins.back().span.end == mark.begin) {
                chat.origins.back().span.end = mark.end;
                continue;
            }
            before = mark.source;
            const MessageField& field = fields[mark.source - 1];
            chat.origins.push_back({{mark.begin, mark.end}, field.message, field.field});
        }
    }
}

} // namespace

struct ChatTemplate::Program {
    std::string where;
    jinja::Program parsed;
};

ChatTemplate::ChatTemplate(std::shared_ptr<const Program> program) : m_program(std::move(program)) {}

ChatTemplate ChatTemplate::parse(std::string_view source, const std::string& where)
{
    if (source.size() > kMaxSource)
        throw Error("the chat template is larger than 1 MiB", where);
    if (!isValidUtf8(source))
        throw Error("the chat template is not valid UTF-8", where);
    auto program = std::make_shared<Program>();
    program->where = where;
    program->parsed.sourceBytes = source.size();
    try {
        TemplateParser(tokensOf(source), program->parsed).parse();
    } catch (const SyntaxFailure& failure) {
        throw Error(failure.what(), where + ":" + std::to_string(failure.line()));
    }
    return ChatTemplate(std::move(program));
}

RenderedChat ChatTemplate::render(const Json& messages, const ChatOptions& options) const
{
    std::vector<MessageField> fields;
    Renderer renderer(m_program->parsed, m_program->parsed.sourceBytes + inputBytes(messages, options),
                      options.now);
    try {
        addNames(renderer, messages, options, fields);
        TextBuilder& out = renderer.render();
        RenderedChat chat;
        chat.hasGeneration = m_program->parsed.hasGeneration;
        readMarks(chat, out.marks(), fields);
        chat.text = out.takeBytes();
        return chat;
    } catch (const Failure& failure) {
        const bool raised = failure.kind() == FailureKind::Raised;
        throw Error(failure.what(),
                    raised ? m_program->where : m_program->where + ":" + std::to_string(renderer.line()));
    }
}

bool ChatTemplate::hasGeneration() const
{
    return m_program->parsed.hasGeneration;
}

} // namespace lens
