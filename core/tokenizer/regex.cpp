// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/regex.h"

#include "core/base/error.h"
#include "core/tokenizer/regex_rewriter.h"
#include "core/tokenizer/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lens {
namespace {

constexpr std::size_t kJitStackBytes = 1 << 20;

template <auto Release>
struct Releaser {
    template <typename T>
    void operator()(T* pointer) const
    {
        Release(pointer);
    }
};
template <typename T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;

std::string pcreMessage(int code)
{
    PCRE2_UCHAR buffer[256];
    pcre2_get_error_message(code, buffer, sizeof buffer);
    return reinterpret_cast<const char*>(buffer);
}

} // namespace

struct MatchScratch::Blocks {
    // One pair of offsets: only the whole match is ever asked for.
    Owned<pcre2_match_data, pcre2_match_data_free> data{pcre2_match_data_create(1, nullptr)};
    Owned<pcre2_match_context, pcre2_match_context_free> context{pcre2_match_context_create(nullptr)};
    Owned<pcre2_jit_stack, pcre2_jit_stack_free> stack{
        pcre2_jit_stack_create(32 << 10, kJitStackBytes, nullptr)};
};

MatchScratch::MatchScratch() : m_blocks(std::make_unique<Blocks>())
{
    if (!m_blocks->data || !m_blocks->context)
        throw Error("out of memory for matching");
    if (m_blocks->stack)
        pcre2_jit_stack_assign(m_blocks->context.get(), nullptr, m_blocks->stack.get());
}

MatchScratch::~MatchScratch() = default;

struct Regex::Code {
    Owned<pcre2_code, pcre2_code_free> compiled;
    std::string where;
    bool jit = false;
};

Regex::Regex(std::unique_ptr<Code> code) : m_code(std::move(code)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Regex Regex::ofPcre(const std::string& pattern, const std::string& where)
{
    const Owned<pcre2_compile_context, pcre2_compile_context_free> context(
        pcre2_compile_context_create(nullptr));
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    int errorCode = 0;
    PCRE2_SIZE errorOffset = 0;
    auto code = std::make_unique<Code>();
    code->where = where;
    code->compiled.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                       PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE, &errorCode, &errorOffset,
                                       context.get()));
    if (!code->compiled)
        throw Error("the regular expression is not accepted: " + pcreMessage(errorCode), where,
                    "pattern, as rewritten for PCRE2: " + pattern);
    code->jit = pcre2_jit_compile(code->compiled.get(), PCRE2_JIT_COMPLETE) == 0;
    return Regex(std::move(code));
}

Regex Regex::ofOniguruma(const std::string& pattern, const std::string& where)
{
    return ofPcre(pcrePatternOf(pattern, where), where);
}

Regex Regex::ofLiteral(const std::string& text)
{
    return ofPcre(literalPattern(text), "literal text");
}

std::optional<Regex::Match> Regex::find(std::string_view text, std::size_t from, MatchScratch& scratch) const
{
    const auto& blocks = *scratch.m_blocks;
    const auto subject = reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : "");
    int result = PCRE2_ERROR_JIT_STACKLIMIT;
    if (m_code->jit)
        result = pcre2_jit_match(m_code->compiled.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK,
                                 blocks.data.get(), blocks.context.get());
    if (result == PCRE2_ERROR_JIT_STACKLIMIT) // the interpreter works on the heap
        result = pcre2_match(m_code->compiled.get(), subject, text.size(), from,
                             PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, blocks.data.get(), blocks.context.get());
    if (result == PCRE2_ERROR_NOMATCH)
        return std::nullopt;
    if (result < 0)
        throw Error("the regular expression could not be matched: " + pcreMessage(result), m_code->where);
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(blocks.data.get());
    return Match{offsets[0], offsets[1]};
}

std::size_t Regex::nextCharacter(std::string_view text, std::size_t at)
{
    return at < text.size() ? at + utf8Length(text[at]) : at + 1;
}

} // namespace lens
