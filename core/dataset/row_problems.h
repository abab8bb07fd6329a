// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is wrong with the rows of a data file, gathered so that all of it can be said at once.
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <string>
#include <vector>

namespace lens {

class RowProblems {
public:
    static constexpr std::size_t kNamed = 100;

    // The first kNamed are kept, the rest are counted.
    void add(std::string what, std::string where, std::string hint = {});
    void add(const RowProblems& others);
    std::size_t count() const { return m_problems.size() + m_unnamed; }
    // Throws Error if there are any.
    void throwIfAny(const std::string& file) const;
    // Kept problems and, as the last one, how many more there are.
    std::vector<Problem> all(const std::string& file) const;

private:
    std::vector<Problem> m_problems;
    std::size_t m_unnamed = 0;
};

} // namespace lens
