// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/ids.h"

#include "core/base/error.h"

#include <cerrno>
#include <ctime>
#include <sys/random.h>
#include <vector>

namespace lens {

std::string randomHex(int bytes)
{
    std::vector<unsigned char> raw(static_cast<std::size_t>(bytes));
    if (::getrandom(raw.data(), raw.size(), 0) != static_cast<ssize_t>(raw.size()))
        throw systemError("cannot read random bytes", "getrandom", errno);
    std::string text;
    for (const unsigned char byte : raw) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string safeFileName(std::string_view name)
{
    constexpr std::size_t kMaxLength = 48;
    std::string safe;
    for (const char c : name.substr(0, kMaxLength)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '_' || c == '-';
        safe += plain ? c : '-';
    }
    const auto first = safe.find_first_not_of(".-");
    if (first == std::string::npos)
        return "run";
    return safe.substr(first, safe.find_last_not_of(".-") - first + 1);
}

std::string newRunId(std::string_view runName)
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &parts);
    return std::string(stamp) + "-" + safeFileName(runName) + "-" + randomHex(2);
}

} // namespace lens
