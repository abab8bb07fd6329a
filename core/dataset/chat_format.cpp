// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/chat_format.h"

#include "core/base/error.h"

#include <algorithm>
#include <cctype>

namespace lens {
namespace {

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

// One spelling for what templates write in several: no blanks, single quotes, a.b for a['b'], one literal for
// two that are joined.
std::string condensed(std::string text)
{
    std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
    std::replace(text.begin(), text.end(), '"', '\'');
    for (const char* name : {"role", "content"})
        replaceAll(text, "message['" + std::string(name) + "']", "message." + std::string(name));
    replaceAll(text, "'+'", "");
    return text;
}

// A literal that is a whole system turn: '<|im_start|>system\nYou are …<|im_end|>\n'.
std::optional<std::string> defaultSystemOf(std::string_view text)
{
    const std::string begin = std::string(kTurnBegin) + "system\\n";
    const std::string end = std::string(kTurnEnd) + "\\n";
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
        const std::size_t stop = text.find(end, at);
        if (stop == std::string_view::npos)
            return std::nullopt;
        const std::string_view inside = text.substr(at + begin.size(), stop - at - begin.size());
        if (inside.find_first_of("'\"\\{}") == std::string_view::npos)
            return std::string(inside);
    }
    return std::nullopt;
}

} // namespace

ChatFormat chatFormatOf(const std::optional<std::string>& chatTemplate)
{
    if (!chatTemplate)
        return {};
    const std::string text = condensed(*chatTemplate);
    const bool writesTurns =
        text.find("'<|im_start|>'+message.role+'\\n'+message.content+'<|im_end|>") != std::string::npos;
    // Signs that something is done to the content, or that more is written than the turns.
    bool plain = true;
    for (const char* sign : {"<think>", "reasoning", "bos_token", "strip(", "namespace(", "generation%"})
        plain = plain && text.find(sign) == std::string::npos;
    if (!writesTurns || !plain)
        throw Error("the model brings a chat template that is not plain ChatML; other templates cannot be "
                    "rendered yet",
                    "chat_template",
                    "use data with prompt and completion or with text, or a model whose template is ChatML");
    return {defaultSystemOf(*chatTemplate)};
}

} // namespace lens
