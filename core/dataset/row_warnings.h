// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is worth knowing about rows that are not wrong: cut ones, ones of which nothing is trained, answers
// that a chat template drops or never ends, control tokens in the text of messages.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/rendered_row.h"
#include "core/dataset/row_problems.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lens {

class RowWarnings {
public:
    RowWarnings(std::string file, int maxLength);

    // The row as it is used; `rendered`: null for token batches.
    void note(const TokenRow& row, const RenderedRow* rendered);
    // The row is not used: nothing of it would be trained.
    void leftOut(const TokenRow& row);
    // One problem for each kind with the number of rows, and each row left out.
    std::vector<Problem> all() const;

private:
    struct Count {
        std::uint64_t rows = 0;
        std::uint64_t things = 0;
        std::uint64_t firstLine = 0;
        void add(std::uint64_t number, std::uint64_t line);
    };
    void say(std::vector<Problem>& problems, const Count& count, const std::string& what,
             const char* hint) const;

    std::string m_file;
    std::string m_maxLength;
    Count m_cut;
    Count m_dropped;
    Count m_endless;
    Count m_control;
    RowProblems m_leftOut;
};

} // namespace lens
