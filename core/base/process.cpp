// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/process.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace lens {

std::optional<std::uint64_t> processStart(std::int64_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    if (!std::getline(file, text))
        return std::nullopt;
    // Field 2 is the program's name in parentheses and may hold anything; the fields after it are counted.
    const auto close = text.rfind(')');
    if (close == std::string::npos)
        return std::nullopt;
    std::istringstream rest(text.substr(close + 1));
    std::string field;
    constexpr int kStartAfterName = 20; // field 22; the first after the name is field 3
    for (int i = 0; i < kStartAfterName; ++i)
        if (!(rest >> field))
            return std::nullopt;
    return std::stoull(field);
}

std::int64_t ownPid()
{
    return ::getpid();
}

std::string hostName()
{
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

} // namespace lens
