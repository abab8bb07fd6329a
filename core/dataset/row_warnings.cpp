// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_warnings.h"

namespace lens {

RowWarnings::RowWarnings(std::string file, int maxLength)
    : m_file(std::move(file))
    , m_maxLength(std::to_string(maxLength))
{
}

void RowWarnings::Count::add(std::uint64_t number, std::uint64_t line)
{
    if (number == 0)
        return;
    firstLine = rows++ == 0 ? line : firstLine;
    things += number;
}

void RowWarnings::note(const TokenRow& row, const RenderedRow* rendered)
{
    m_cut.add(row.cutTokens, row.sourceLine);
    m_control.add(row.controlTokens, row.sourceLine);
    if (!rendered)
        return;
    m_dropped.add(rendered->droppedAnswers, row.sourceLine);
    m_endless.add(rendered->endlessAnswers, row.sourceLine);
}

void RowWarnings::leftOut(const TokenRow& row)
{
    const std::string where = m_file + ":" + std::to_string(row.sourceLine);
    if (row.cutTokens > 0)
        m_leftOut.add("the whole answer lies beyond max_length (" + m_maxLength +
                          " tokens); the row is left out",
                      where);
    else if (row.ids.size() > 1)
        m_leftOut.add(
            "nothing of the row is trained; it is left out", where,
            "its answers are marked as not to be trained, or the chat template does not write them");
    else
        m_leftOut.add("the row is a single token, with nothing to predict it from; it is left out", where);
}

void RowWarnings::say(std::vector<Problem>& problems, const Count& count, const std::string& what,
                      const char* hint) const
{
    if (count.rows > 0)
        problems.push_back({std::to_string(count.rows) + (count.rows == 1 ? " row " : " rows ") + what,
                            m_file + ":" + std::to_string(count.firstLine), hint});
}

std::vector<Problem> RowWarnings::all() const
{
    std::vector<Problem> problems;
    if (m_cut.rows > 0)
        problems.push_back({std::to_string(m_cut.rows) + " rows were cut to max_length (" + m_maxLength +
                                " tokens); " + std::to_string(m_cut.things) +
                                " tokens at their ends are lost",
                            m_file, "a larger max_length keeps them and takes more memory"});
    say(problems, m_dropped,
        "have answers that the chat template leaves out (" + std::to_string(m_dropped.things) +
            " in all); these are not trained",
        "some templates drop earlier answers or their thinking");
    say(problems, m_endless,
        "have answers behind which the chat template writes no end mark that is trained (" +
            std::to_string(m_endless.things) + " in all)",
        "the model will not learn to stop there");
    say(problems, m_control,
        "have the text of control tokens in their messages (" + std::to_string(m_control.things) +
            " in all), read as such as transformers does",
        "a message can forge the turns of a conversation this way");
    for (Problem& problem : m_leftOut.all(m_file))
        problems.push_back(std::move(problem));
    return problems;
}

} // namespace lens
