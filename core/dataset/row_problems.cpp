// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_problems.h"

namespace lens {

void RowProblems::add(std::string what, std::string where, std::string hint)
{
    if (m_problems.size() < kNamed)
        m_problems.push_back({std::move(what), std::move(where), std::move(hint)});
    else
        ++m_unnamed;
}

void RowProblems::add(const RowProblems& others)
{
    for (const Problem& problem : others.m_problems)
        add(problem.what, problem.where, problem.hint);
    m_unnamed += others.m_unnamed;
}

std::vector<Problem> RowProblems::all(const std::string& file) const
{
    std::vector<Problem> problems = m_problems;
    if (m_unnamed > 0)
        problems.push_back({"and " + std::to_string(m_unnamed) + " more problems like these", file, ""});
    return problems;
}

void RowProblems::throwIfAny(const std::string& file) const
{
    lens::throwIfAny(all(file));
}

} // namespace lens
