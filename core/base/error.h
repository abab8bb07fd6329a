// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one error of the project, and the list of problems that user input is answered with.
// Used everywhere; catches nothing itself. Four places catch: engine main, worker job, open-file action, GUI
// slot boundary.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace lens {

// Something the user (or a file) got wrong. `where` is "file:line: field" or a path inside a configuration
// ("training.learning_rate"); `what` one plain sentence part; `hint` what to do, may be empty.
struct Problem {
    std::string what;
    std::string where;
    std::string hint;

    // "where: what (hint)" with empty parts left out.
    std::string text() const;
    bool operator==(const Problem&) const = default;
};

// Thrown for whatever stops an operation. Carries at least one problem; all problems of one input together.
class Error : public std::runtime_error {
public:
    explicit Error(std::string what, std::string where = {}, std::string hint = {});
    explicit Error(std::vector<Problem> problems);

    const std::vector<Problem>& problems() const { return m_problems; }
    // The first problem's parts, for callers that show one line.
    const Problem& first() const { return m_problems.front(); }

private:
    std::vector<Problem> m_problems;
};

// Throws Error(problems) if there are any.
void throwIfAny(std::vector<Problem> problems);

// Error from errno: "cannot open: No such file or directory", where = path.
Error systemError(const std::string& action, const std::string& path, int errorNumber);

} // namespace lens
