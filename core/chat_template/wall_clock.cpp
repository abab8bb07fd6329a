// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/wall_clock.h"

#include "core/chat_template/failure.h"

#include <clocale>
#include <ctime>
#include <vector>

namespace lens::jinja {
namespace {

constexpr std::size_t kMaxFormat = 4096;

// Directives that Python answers itself: microseconds, and the zone that there is none of.
std::string preparedFormat(std::string_view format)
{
    std::string prepared;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%' || at + 1 >= format.size()) {
            prepared.push_back(format[at]);
            continue;
        }
        const char directive = format[++at];
        if (directive == 'f')
            prepared += "000000";
        else if (directive != 'z' && directive != 'Z')
            (prepared += '%') += directive;
    }
    return prepared;
}

} // namespace

std::string wallClockText(std::int64_t seconds, std::string_view format)
{
    if (format.size() > kMaxFormat || format.find('\0') != std::string_view::npos)
        valueError("the format of a time is too long or holds a null character");
    const std::time_t time = seconds;
    std::tm civil{};
    if (!gmtime_r(&time, &civil))
        valueError("the time cannot be shown");
    const std::string prepared = preparedFormat(format);
    if (prepared.empty())
        return "";
    locale_t english = newlocale(LC_ALL_MASK, "C", nullptr);
    // Widths in a format ("%1000d") can ask for much: what does not fit is refused.
    std::vector<char> buffer(prepared.size() * 32 + 256);
    const std::string ended = prepared + " "; // so that an empty result differs from one that does not fit
    const std::size_t length = strftime_l(buffer.data(), buffer.size(), ended.c_str(), &civil, english);
    freelocale(english);
    if (length == 0)
        valueError("the format of a time makes too long a text");
    return {buffer.data(), length - 1};
}

} // namespace lens::jinja
