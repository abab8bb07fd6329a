// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A chat template, behind '\0' the messages, behind another '\0' further variables: parsed and rendered.
#include "core/chat_template/chat_template.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"
#include "tests/fuzz/template_mutator.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace {

using lens::fuzz::require;

constexpr std::string_view kMessages = R"([{"role": "system", "content": " Be brief. "},
    {"role": "user", "content": "Hällo\n"}, {"role": "assistant", "content": "<think>x</think> Hi!",
    "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": {"x": [1, 2.5, null, "y"]}}}]}])";

// "template\0messages\0variables": the begin and end of each part.
std::array<std::string_view, 3> partsOf(std::string_view input)
{
    const std::size_t first = std::min(input.find('\0'), input.size());
    const std::size_t second = std::min(input.find('\0', first + 1), input.size());
    return {input.substr(0, first),
            input.substr(std::min(first + 1, input.size()), second - std::min(first + 1, second)),
            input.substr(std::min(second + 1, input.size()))};
}

void checkRendered(const lens::RenderedChat& chat)
{
    for (const auto& span : chat.generation)
        require(span.begin <= span.end && span.end <= chat.text.size(),
                "a generation lies inside of the text");
    std::size_t end = 0;
    for (const auto& origin : chat.origins) {
        require(origin.span.begin >= end && origin.span.begin <= origin.span.end &&
                    origin.span.end <= chat.text.size(),
                "origins are in order, inside of the text");
        end = origin.span.end;
    }
}

void renderTemplate(std::string_view input)
{
    const auto [text, messages, variables] = partsOf(input);
    const auto chatTemplate = lens::ChatTemplate::parse(text, "chat_template.jinja");
    lens::ChatOptions options;
    options.addGenerationPrompt = text.size() % 2 == 0;
    options.specialTokens = {{"bos_token", "<s>"}, {"eos_token", "</s>"}};
    options.now = 1700000000;
    if (!variables.empty())
        options.variables = lens::parseJson(variables, "variables");
    if (!options.variables.is_object())
        options.variables = lens::Json::object();
    checkRendered(
        chatTemplate.render(lens::parseJson(messages.empty() ? kMessages : messages, "messages"), options));
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    if (seed % 4 == 0)
        return lens::fuzz::mutateJson(bytes, size, maxSize, seed / 4);
    const std::string_view input(reinterpret_cast<const char*>(bytes), std::min(size, maxSize));
    const std::size_t end = std::min(input.find('\0'), input.size());
    const std::size_t rest = input.size() - end;
    std::string changed = lens::fuzz::mutatedTemplate(input.substr(0, end), maxSize - rest, seed / 4);
    changed.append(input.substr(end));
    std::memcpy(bytes, changed.data(), changed.size());
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, renderTemplate);
}
