// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/last_words.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace lens {
namespace {

// Signal handlers can reach nothing but globals.
std::atomic<int> g_descriptor{-1};
std::atomic<std::uint64_t> g_segment{0};
std::atomic<std::uint64_t> g_step{0};

constexpr std::array kFatalSignals{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

// A fixed buffer that text and numbers are put into; async-signal-safe.
class Line {
public:
    void add(const char* text)
    {
        for (; *text && m_size < m_bytes.size(); ++text)
            m_bytes[m_size++] = *text;
    }
    void add(std::uint64_t value, int width = 1)
    {
        char digits[24];
        int count = 0;
        for (; value > 0 || count < width; value /= 10)
            digits[count++] = static_cast<char>('0' + value % 10);
        while (count > 0 && m_size < m_bytes.size())
            m_bytes[m_size++] = digits[--count];
    }
    void writeTo(int descriptor) const
    {
        [[maybe_unused]] const ssize_t written = ::write(descriptor, m_bytes.data(), m_size);
    }

private:
    std::array<char, 512> m_bytes{};
    std::size_t m_size = 0;
};

// Days since 1970 to year, month, day (H. Hinnant, "chrono-compatible low-level date algorithms").
void addDate(Line& line, std::int64_t days)
{
    const std::int64_t z = days + 719468;
    const std::int64_t era = z / 146097;
    const std::int64_t dayOfEra = z - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    const std::int64_t day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    line.add(static_cast<std::uint64_t>(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), 4);
    line.add("-");
    line.add(static_cast<std::uint64_t>(month), 2);
    line.add("-");
    line.add(static_cast<std::uint64_t>(day), 2);
}

void addTime(Line& line)
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const auto seconds = static_cast<std::uint64_t>(now.tv_sec);
    addDate(line, static_cast<std::int64_t>(seconds / 86400));
    line.add("T");
    line.add(seconds / 3600 % 24, 2);
    line.add(":");
    line.add(seconds / 60 % 60, 2);
    line.add(":");
    line.add(seconds % 60, 2);
    line.add(".");
    line.add(static_cast<std::uint64_t>(now.tv_nsec) / 1'000'000, 3);
    line.add("Z");
}

const char* signalText(int number)
{
    switch (number) {
    case SIGSEGV:
        return "the engine crashed: SIGSEGV";
    case SIGABRT:
        return "the engine crashed: SIGABRT";
    case SIGBUS:
        return "the engine crashed: SIGBUS (a mapped file became shorter, or the disk failed)";
    case SIGFPE:
        return "the engine crashed: SIGFPE";
    default:
        return "the engine crashed: SIGILL (an instruction this processor lacks)";
    }
}

void onFatalSignal(int number)
{
    LastWords::write("failed", signalText(number));
    // SA_RESETHAND put the default action back: the process dies of the same signal, with a core dump.
    ::raise(number);
}

} // namespace

LastWords::LastWords(const std::filesystem::path& journal, std::uint64_t segment)
{
    g_segment = segment;
    g_step = 0;
    g_descriptor = ::open(journal.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    struct sigaction action {};
    action.sa_handler = onFatalSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    for (const int number : kFatalSignals)
        ::sigaction(number, &action, nullptr);
}

LastWords::~LastWords()
{
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    sigemptyset(&action.sa_mask);
    for (const int number : kFatalSignals)
        ::sigaction(number, &action, nullptr);
    const int descriptor = g_descriptor.exchange(-1);
    if (descriptor >= 0)
        ::close(descriptor);
}

void LastWords::setStep(std::uint64_t step)
{
    g_step = step;
}

void LastWords::write(const char* state, const char* reason)
{
    const int descriptor = g_descriptor;
    if (descriptor < 0)
        return;
    Line line;
    line.add("{\"t\":\"");
    addTime(line);
    line.add("\",\"type\":\"end\",\"segment\":");
    line.add(g_segment.load());
    line.add(",\"step\":");
    line.add(g_step.load());
    line.add(",\"state\":\"");
    line.add(state);
    line.add("\",\"reason\":\"");
    line.add(reason);
    line.add("\"}\n");
    line.writeTo(descriptor);
}

} // namespace lens
