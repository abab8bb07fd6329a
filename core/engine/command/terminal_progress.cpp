// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/terminal_progress.h"

#include "core/base/clock.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lens {
namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kPlainSeconds = 5;
constexpr int kBarWidth = 24;

__attribute__((format(printf, 1, 2))) std::string formatted(const char* format, ...)
{
    char text[160];
    std::va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return text;
}

bool isSameFile(std::FILE* out, const std::filesystem::path& path)
{
    struct stat a {};
    struct stat b {};
    return ::fstat(::fileno(out), &a) == 0 && ::stat(path.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

std::size_t terminalWidth(std::FILE* out)
{
    winsize size{};
    return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 10 ? size.ws_col : 80;
}

// Whether so many seconds have gone by since `last`, which then becomes now.
bool due(double& last, double seconds)
{
    const double now = monotonicSeconds();
    if (now - last < seconds)
        return false;
    last = now;
    return true;
}

void writeLine(std::FILE* file, std::string_view line)
{
    if (!file)
        return;
    std::fwrite(line.data(), 1, line.size(), file);
    std::fputc('\n', file);
    std::fflush(file);
}

double fractionOf(const StepProgress& progress)
{
    if (progress.totalSteps == 0)
        return 0;
    return std::min(1.0, static_cast<double>(progress.step) / static_cast<double>(progress.totalSteps));
}

} // namespace

std::string durationText(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
    if (whole < 60)
        return formatted("%lld s", whole);
    if (whole < 3600)
        return formatted("%lld min %02lld s", whole / 60, whole % 60);
    return formatted("%lld h %02lld min", whole / 3600, whole / 60 % 60);
}

std::string barText(double fraction, int width)
{
    const int filled = static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * width));
    std::string bar;
    for (int i = 0; i < width; ++i)
        bar += i < filled ? "█" : "░";
    return bar;
}

std::string progressText(const StepProgress& progress)
{
    std::string text = formatted("step %llu", static_cast<unsigned long long>(progress.step));
    if (progress.totalSteps > 0)
        text += formatted("/%llu  %.0f %%", static_cast<unsigned long long>(progress.totalSteps),
                          100 * fractionOf(progress));
    if (!std::isnan(progress.loss))
        text += formatted("  loss %.4f", progress.loss);
    if (!std::isnan(progress.learningRate))
        text += formatted("  lr %.2e", progress.learningRate);
    if (std::isfinite(progress.tokensPerSecond))
        text += formatted("  %.0f tok/s", progress.tokensPerSecond);
    if (std::isfinite(progress.secondsLeft))
        text += "  " + durationText(progress.secondsLeft) + " left";
    return text;
}

TerminalProgress::TerminalProgress(std::FILE* out, const std::filesystem::path& log) : m_out(out)
{
    m_terminal = ::isatty(::fileno(out)) == 1;
    if (!log.empty() && !isSameFile(out, log))
        m_log.reset(std::fopen(log.c_str(), "ae"));
}

TerminalProgress::~TerminalProgress()
{
    clearLine();
}

void TerminalProgress::clearLine()
{
    if (!m_lineDrawn)
        return;
    std::fputs("\r\033[K", m_out);
    std::fflush(m_out);
    m_lineDrawn = false;
}

// The words are worth more than the bar: it takes what they leave of the terminal's width.
std::string TerminalProgress::withBar(double fraction, const std::string& words) const
{
    constexpr int kLeastBar = 6;
    const int room = static_cast<int>(terminalWidth(m_out)) - static_cast<int>(words.size()) - 3;
    return room < kLeastBar ? words : barText(fraction, std::min(room, kBarWidth)) + "  " + words;
}

// Cut at the terminal's width: a line that wraps cannot be redrawn. Bytes that continue a UTF-8 character
// take no column of their own.
void TerminalProgress::redraw(const std::string& line)
{
    const std::size_t width = terminalWidth(m_out) - 1;
    std::size_t columns = 0;
    std::size_t bytes = 0;
    for (; bytes < line.size(); ++bytes) {
        const bool continues = (static_cast<unsigned char>(line[bytes]) & 0xC0u) == 0x80u;
        if (!continues && ++columns > width)
            break;
    }
    std::fprintf(m_out, "\r%s\033[K", line.substr(0, bytes).c_str());
    std::fflush(m_out);
    m_lineDrawn = true;
}

void TerminalProgress::wholeLine(std::string_view line)
{
    clearLine();
    writeLine(m_out, line);
    writeLine(m_log.get(), line);
}

void TerminalProgress::phase(Phase phase)
{
    // Evaluating and saving pass in a moment and end in a note of their own.
    if (phase == Phase::Paused || phase == Phase::Stopping)
        wholeLine(phaseName(phase));
    m_lastDrawn = kLongAgo;
}

void TerminalProgress::preparing(std::string_view what, double fraction)
{
    const bool fresh = m_preparation != what;
    m_preparation = what;
    if (!m_terminal) {
        if (fresh)
            wholeLine(what);
        return;
    }
    if (fresh || fraction >= 1 || due(m_lastDrawn, kRedrawSeconds))
        redraw(withBar(fraction, std::string(what)));
}

void TerminalProgress::step(const StepProgress& progress)
{
    const bool end = progress.totalSteps > 0 && progress.step >= progress.totalSteps;
    if (m_terminal && (end || due(m_lastDrawn, kRedrawSeconds)))
        redraw(withBar(fractionOf(progress), progressText(progress)));
    if (!end && !due(m_lastPlain, kPlainSeconds))
        return;
    if (m_terminal)
        writeLine(m_log.get(), progressText(progress));
    else
        wholeLine(progressText(progress));
}

void TerminalProgress::note(std::string_view line)
{
    wholeLine(line);
}

void TerminalProgress::warning(std::string_view line)
{
    wholeLine("warning: " + std::string(line));
}

void TerminalProgress::text(std::string_view piece)
{
    clearLine();
    std::fwrite(piece.data(), 1, piece.size(), m_out);
    std::fflush(m_out);
}

} // namespace lens
