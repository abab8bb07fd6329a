// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"

#include <cstring>

namespace lens {
namespace {

std::string joined(const std::vector<Problem>& problems)
{
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty())
            text += '\n';
        text += problem.text();
    }
    return text;
}

} // namespace

std::string Problem::text() const
{
    std::string line;
    if (!where.empty())
        line += where + ": ";
    line += what;
    if (!hint.empty())
        line += " (" + hint + ")";
    return line;
}

Error::Error(std::string what, std::string where, std::string hint)
    : Error(std::vector<Problem>{Problem{std::move(what), std::move(where), std::move(hint)}})
{
}

Error::Error(std::vector<Problem> problems)
    : std::runtime_error(joined(problems))
    , m_problems(std::move(problems))
{
    if (m_problems.empty())
        m_problems.push_back(Problem{"unknown error", {}, {}});
}

void throwIfAny(std::vector<Problem> problems)
{
    if (!problems.empty())
        throw Error(std::move(problems));
}

Error systemError(const std::string& action, const std::string& path, int errorNumber)
{
    return Error(action + ": " + std::strerror(errorNumber), path);
}

} // namespace lens
