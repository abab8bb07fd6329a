// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All problems of a vocabulary at once, but only the first few by name: a wrong file has a hundred thousand.
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/token_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace lens {

class VocabularyProblems {
public:
    void add(Problem problem);
    // Throws Error if there were any; `where` names the list.
    void throwIfAny(const std::string& where);

private:
    std::vector<Problem> m_problems;
    std::size_t m_unnamed = 0;
};

// Adds a token if its id is possible and both are new, else a problem.
void addToken(TokenTable& table, std::string_view text, std::int64_t id, const std::string& where,
              VocabularyProblems& problems);

} // namespace lens
