// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/answer_finder.h"
#include "core/dataset/control_token.h"

namespace lens {

TurnEnds::TurnEnds(const Tokenizer& tokenizer) : m_tokenizer(tokenizer)
{
    if (const auto eos = tokenizer.eosId())
        m_ids.insert(*eos);
}

void TurnEnds::learn(std::string_view closing)
{
    const Encoding encoding = m_tokenizer.encode(closing, false);
    for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
        if (!isControlToken(m_tokenizer, encoding.ids[i], closing, encoding.spans[i]))
            continue;
        m_ids.insert(encoding.ids[i]);
        return;
    }
}

std::size_t TurnEnds::knownEnd(std::string_view closing) const
{
    return endOf(closing, [this](TokenId id) { return m_ids.contains(id); });
}

std::size_t TurnEnds::firstSpecial(std::string_view closing) const
{
    return endOf(closing, [](TokenId) { return true; });
}

std::size_t TurnEnds::endOf(std::string_view closing, const std::function<bool(TokenId)>& wanted) const
{
    const Encoding encoding = m_tokenizer.encode(closing, false);
    for (std::size_t i = 0; i < encoding.ids.size(); ++i)
        if (isControlToken(m_tokenizer, encoding.ids[i], closing, encoding.spans[i]) &&
            wanted(encoding.ids[i]))
            return encoding.spans[i].end;
    return 0;
}

} // namespace lens
