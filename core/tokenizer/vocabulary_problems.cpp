// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/vocabulary_problems.h"

namespace lens {
namespace {

constexpr std::size_t kNamedProblems = 10;

} // namespace

void VocabularyProblems::add(Problem problem)
{
    if (m_problems.size() < kNamedProblems)
        m_problems.push_back(std::move(problem));
    else
        ++m_unnamed;
}

void VocabularyProblems::throwIfAny(const std::string& where)
{
    if (m_unnamed > 0)
        m_problems.push_back({"and " + std::to_string(m_unnamed) + " more like these", where, ""});
    lens::throwIfAny(std::move(m_problems));
}

void addToken(TokenTable& table, std::string_view text, std::int64_t id, const std::string& where,
              VocabularyProblems& problems)
{
    const auto refuse = [&](const std::string& what) {
        problems.add({what, where + "[\"" + std::string(text) + "\"]", ""});
    };
    if (id < 0 || id > kMaxTokenId)
        refuse("the id " + std::to_string(id) + " is not in 0 … " + std::to_string(kMaxTokenId));
    else if (table.has(static_cast<TokenId>(id)))
        refuse("the id " + std::to_string(id) + " is taken by another token");
    else if (table.find(text) != kNoToken)
        refuse("the token stands there twice");
    else
        table.add(text, static_cast<TokenId>(id));
}

} // namespace lens
