// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A model's chat template (Jinja, as transformers runs it: sandboxed, trim_blocks, lstrip_blocks, loop
// controls,
// {% generation %}), parsed once and rendered for one conversation after another. A template is untrusted
// text: time, depth, memory and output are bounded, and it reaches neither files nor the environment.
#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct RenderedChat {
    std::string text;
    // A byte range of text.
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool operator==(const Span&) const = default;
    };
    // What {% generation %} blocks wrote, in order.
    std::vector<Span> generation;
    // The template has such blocks, although this conversation may have reached none.
    bool hasGeneration = false;

    // Bytes of text that came out of messages[message].<field> ("content", "tool_calls", "role", …), however
    // they were cut, joined or replaced on the way. In order, not overlapping.
    struct Origin {
        Span span;
        std::size_t message = 0;
        std::string field;
        bool operator==(const Origin&) const = default;
    };
    std::vector<Origin> origins;
};

struct ChatOptions {
    bool addGenerationPrompt = false;
    // "bos_token" → "<s>" …; what is not listed is undefined in the template.
    std::map<std::string, std::string> specialTokens;
    // Further names ("tools", "documents", "enable_thinking", …), an object. tools and documents are none
    // where they are missing.
    Json variables = Json::object();
    // What strftime_now() shows: seconds since 1970-01-01 00:00:00 on the same wall clock (no time zone).
    // Nothing: this machine's local time.
    std::optional<std::int64_t> now;
};

// Immutable after parse; copies share it; render may be called from several threads.
class ChatTemplate {
public:
    // `where` names the template in errors (a path). Throws Error "where:line: what" for text that is not a
    // template, or that asks for other files (include, import, extends).
    static ChatTemplate parse(std::string_view source, const std::string& where);

    // `messages` is usually a list of objects with role and content. Throws Error: the text given to
    // raise_exception (where = the template), or what failed, with its line.
    RenderedChat render(const Json& messages, const ChatOptions& options = {}) const;

    bool hasGeneration() const;

private:
    struct Program;
    explicit ChatTemplate(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

} // namespace lens
