// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/tokenize_command.h"

#include "core/base/error.h"
#include "core/base/user_paths.h"
#include "core/engine/command/line_reader.h"
#include "core/engine/command/line_tokenizer.h"
#include "core/protocol/exit_code.h"
#include "core/tokenizer/tokenizer.h"

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace lens {
namespace {

// Options that mean something only with --chat, and those that mean nothing with it.
void refuseIdle(const Arguments& arguments)
{
    const bool chat = arguments.has("--chat");
    for (const char* option : {"--generation-prompt", "--chat-template", "--mask"})
        if (!chat && arguments.has(option))
            throw UsageError("is only for --chat", option);
    for (const char* option : {"--json", "--no-special-tokens"})
        if (chat && arguments.has(option))
            throw UsageError("cannot be used together with --chat", option);
    if (arguments.has("--generation-prompt") && arguments.has("--mask"))
        throw UsageError("cannot be used together with --generation-prompt", "--mask");
}

TokenizeOptions optionsOf(const Arguments& arguments)
{
    refuseIdle(arguments);
    TokenizeOptions options;
    options.json = arguments.has("--json");
    options.chat = arguments.has("--chat");
    options.specialTokens = !arguments.has("--no-special-tokens");
    options.generationPrompt = arguments.has("--generation-prompt");
    options.spans = arguments.has("--spans");
    options.mask = arguments.has("--mask");
    if (const auto file = arguments.value("--chat-template"))
        options.chatTemplate = expandUser(*file).string();
    return options;
}

void writeOut(std::string& out)
{
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0)
        throw systemError("cannot write", "stdout", errno);
    out.clear();
}

} // namespace

int runTokenize(const Arguments& arguments)
{
    const auto model = arguments.value("--model");
    if (!model || model->empty())
        throw UsageError("is needed", "--model");
    const TokenizeOptions options = optionsOf(arguments);
    const Tokenizer tokenizer = Tokenizer::load(expandUser(*model));
    const LineTokenizer lines(tokenizer, options);
    std::string out;
    LineReader reader(STDIN_FILENO, "stdin", [&] { writeOut(out); });
    constexpr std::size_t kHeldBack = std::size_t{1} << 20;
    try {
        for (std::string_view line; reader.next(line);) {
            lines.append(out, line, reader.where());
            if (out.size() > kHeldBack)
                writeOut(out);
        }
    } catch (...) {
        writeOut(out); // the lines before the bad one
        throw;
    }
    writeOut(out);
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
