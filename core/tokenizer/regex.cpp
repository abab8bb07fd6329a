// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/regex.h"

#include "core/base/error.h"
#include "core/tokenizer/regex_rewriter.h"
#include "core/tokenizer/text_screen.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/word_scanner.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lens {
namespace {

constexpr std::size_t kJitStackBytes = 1 << 20;
// A search for one match may take kMaxSteps (some tenths of a second); the time is looked at where one takes
// more than kQuickSteps (a few milliseconds), and now and then. The matches of one text may take this much
// processor time: a second, and what a slow machine needs for a long text.
constexpr std::uint32_t kQuickSteps = 100'000;
constexpr std::uint32_t kMaxSteps = 10'000'000;
constexpr unsigned kMatchesPerLook = 128;
constexpr double kMaxSeconds = 1.0;
constexpr double kMaxSecondsPerByte = 2e-7;
constexpr std::size_t kMaxPatternBytes = 16 << 10;  // in use: 2 KiB; PCRE2 compiles up to 64 KiB
constexpr std::uint32_t kHeapKibibytes = 256 << 10; // PCRE2 itself would take 20 GB

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
    pcre2_set_match_limit(m_blocks->context.get(), kQuickSteps);
    pcre2_set_heap_limit(m_blocks->context.get(), kHeapKibibytes);
    if (m_blocks->stack)
        pcre2_jit_stack_assign(m_blocks->context.get(), nullptr, m_blocks->stack.get());
}

MatchScratch::~MatchScratch() = default;

namespace {

struct Compiled {
    Owned<pcre2_code, pcre2_code_free> code;
    bool jit = false;

    // PCRE2's answer.
    template <typename Blocks>
    int match(std::string_view text, std::size_t from, const Blocks& blocks) const
    {
        const auto subject = reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : "");
        int result = PCRE2_ERROR_JIT_STACKLIMIT;
        if (jit)
            result = pcre2_jit_match(code.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK,
                                     blocks.data.get(), blocks.context.get());
        if (result == PCRE2_ERROR_JIT_STACKLIMIT) // the interpreter works on the heap
            result = pcre2_match(code.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                                 blocks.data.get(), blocks.context.get());
        return result;
    }
};

Compiled compiled(const std::string& pattern, const std::string& where)
{
    const Owned<pcre2_compile_context, pcre2_compile_context_free> context(
        pcre2_compile_context_create(nullptr));
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
#if PCRE2_MAJOR > 10 || PCRE2_MINOR >= 43
    pcre2_set_max_varlookbehind(context.get(), 0); // older versions have none: the same is refused everywhere
#endif
    int errorCode = 0;
    PCRE2_SIZE errorOffset = 0;
    Compiled one;
    one.code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                 PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE, &errorCode, &errorOffset,
                                 context.get()));
    if (!one.code)
        throw Error("the regular expression is not accepted: " + pcreMessage(errorCode), where,
                    "pattern, as rewritten for PCRE2: " + pattern);
    one.jit = pcre2_jit_compile(one.code.get(), PCRE2_JIT_COMPLETE) == 0;
    return one;
}

} // namespace

struct Regex::Code {
    Compiled usual;
    Compiled exact; // for text that `newcomers` finds something in
    TextScreen newcomers;
    std::string where;
    std::optional<WordScanner> scanner; // in place of the patterns
};

Regex::Regex(std::unique_ptr<Code> code) : m_code(std::move(code)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Regex Regex::ofPcre(const std::string& pattern, const std::string& where)
{
    return ofPcre(PcreText{pattern, pattern}, where);
}

Regex Regex::ofPcre(const PcreText& pattern, const std::string& where)
{
    const bool both = pattern.usual != pattern.exact;
    auto code = std::make_unique<Code>(Code{compiled(pattern.usual, where), {}, TextScreen({}), where, {}});
    if (both) {
        code->exact = compiled(pattern.exact, where);
        code->newcomers = TextScreen(unusualForPcre());
    }
    return Regex(std::move(code));
}

Regex Regex::ofOniguruma(const std::string& pattern, const std::string& where)
{
    if (pattern.size() > kMaxPatternBytes)
        throw Error("the regular expression is longer than " + std::to_string(kMaxPatternBytes) + " bytes",
                    where);
    Regex regex = ofPcre(pcrePatternOf(pattern, where), where);
    regex.m_code->scanner = WordScanner::ofPattern(pattern);
    return regex;
}

Regex Regex::ofLiteral(const std::string& text)
{
    return ofPcre(literalPattern(text), "literal text");
}

std::optional<Regex::Match> Regex::find(std::string_view text, std::size_t from, MatchScratch& scratch) const
{
    Search search{text, isUnusual(text), 0, 0};
    return next(search, from, scratch);
}

bool Regex::isUnusual(std::string_view text) const
{
    return !m_code->scanner && m_code->newcomers.findsIn(text);
}

void Regex::checkTime(Search& search) const
{
    const std::clock_t now = std::clock();
    if (search.start == 0)
        search.start = now;
    const double seconds = static_cast<double>(now - search.start) / CLOCKS_PER_SEC;
    if (seconds > kMaxSeconds + kMaxSecondsPerByte * static_cast<double>(search.text.size()))
        throw Error("the regular expression takes too long on this text", m_code->where);
}

std::optional<Regex::Match> Regex::next(Search& search, std::size_t from, MatchScratch& scratch) const
{
    if (m_code->scanner) {
        if (from >= search.text.size())
            return std::nullopt;
        return Match{from, m_code->scanner->endOf(search.text, from)};
    }
    if (++search.matches % kMatchesPerLook == 0)
        checkTime(search);
    const Compiled& compiled = search.unusual ? m_code->exact : m_code->usual;
    int result = compiled.match(search.text, from, *scratch.m_blocks);
    if (result == PCRE2_ERROR_MATCHLIMIT) {
        checkTime(search);
        pcre2_set_match_limit(scratch.m_blocks->context.get(), kMaxSteps);
        result = compiled.match(search.text, from, *scratch.m_blocks);
        pcre2_set_match_limit(scratch.m_blocks->context.get(), kQuickSteps);
    }
    if (result == PCRE2_ERROR_NOMATCH)
        return std::nullopt;
    if (result < 0)
        throw Error("the regular expression could not be matched: " + pcreMessage(result), m_code->where);
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(scratch.m_blocks->data.get());
    return Match{offsets[0], offsets[1]};
}

std::size_t Regex::nextCharacter(std::string_view text, std::size_t at)
{
    return at < text.size() ? at + utf8Length(text[at]) : at + 1;
}

} // namespace lens
