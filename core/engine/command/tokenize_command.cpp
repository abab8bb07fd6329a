// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/tokenize_command.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/user_paths.h"
#include "core/engine/command/line_reader.h"
#include "core/protocol/exit_code.h"
#include "core/tokenizer/tokenizer.h"
#include "core/tokenizer/utf8.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <optional>
#include <unistd.h>

namespace lens {
namespace {

struct TokenizeOptions {
    bool json = false;
    bool specialTokens = true;
    bool spans = false;
};

void appendNumber(std::string& out, std::int64_t number)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// "[1,2,3]", each number by `append(out, item)`.
template <typename Items, typename Append>
void appendList(std::string& out, const Items& items, Append append)
{
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += ',';
        append(out, items[i]);
    }
    out += ']';
}

class LineTokenizer {
public:
    LineTokenizer(const Tokenizer& tokenizer, const TokenizeOptions& options)
        : m_tokenizer(tokenizer)
        , m_options(options)
    {
    }

    void append(std::string& out, std::string_view line, const std::string& where) const
    {
        if (const std::size_t bad = firstInvalidUtf8(line); bad < line.size())
            throw Error("is not valid UTF-8 (byte " + std::to_string(bad + 1) + " of the line)", where);
        const std::string text = m_options.json ? textOf(line, where) : std::string();
        const Encoding encoding = m_tokenizer.encode(m_options.json ? text : line, m_options.specialTokens);
        if (m_options.spans)
            out += "{\"ids\":";
        appendList(out, encoding.ids, appendNumber);
        if (m_options.spans) {
            out += ",\"spans\":";
            appendList(out, encoding.spans, [](std::string& list, const Encoding::Span& span) {
                list += '[';
                appendNumber(list, span.begin);
                list += ',';
                appendNumber(list, span.end);
                list += ']';
            });
            out += '}';
        }
        out += '\n';
    }

private:
    static Json parsed(std::string_view line, const std::string& where)
    {
        try {
            return parseJson(line, where);
        } catch (const Error& error) {
            throw Error(error.first().what, where);
        }
    }

    static std::string textOf(std::string_view line, const std::string& where)
    {
        const Json json = parsed(line, where);
        if (!json.is_string())
            throw Error(std::string("is not a JSON string but ") + json.type_name(), where);
        return json.get<std::string>();
    }

    const Tokenizer& m_tokenizer;
    TokenizeOptions m_options;
};

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
    TokenizeOptions options;
    options.json = arguments.has("--json");
    options.specialTokens = !arguments.has("--no-special-tokens");
    options.spans = arguments.has("--spans");
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
