// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_encoder.h"

#include <algorithm>

namespace lens {
namespace {

// Whether [begin, end) meets one of the ascending ranges; an empty span is its point.
bool meets(const std::vector<Encoding::Span>& ranges, Encoding::Span span)
{
    const std::uint32_t end = std::max(span.end, span.begin + 1);
    return std::any_of(ranges.begin(), ranges.end(), [&](const Encoding::Span& range) {
        return span.begin < range.end && end > range.begin;
    });
}

bool isAdded(const Encoding::Span& span)
{
    return span.begin == 0 && span.end == 0;
}

} // namespace

RowEncoder::RowEncoder(const Tokenizer& tokenizer, std::size_t maxLength, bool trainOnPrompt)
    : m_tokenizer(tokenizer)
    , m_maxLength(maxLength)
    , m_trainOnPrompt(trainOnPrompt)
{
}

// A text that begins with the begin mark gets no second one.
Encoding RowEncoder::encodeOnce(const RenderedRow& row) const
{
    Encoding encoding = m_tokenizer.encode(row.text, !row.conversation);
    const auto bos = m_tokenizer.bosId();
    auto& ids = encoding.ids;
    if (bos && ids.size() > 1 && ids[0] == *bos && ids[1] == *bos && isAdded(encoding.spans[0])) {
        ids.erase(ids.begin());
        encoding.spans.erase(encoding.spans.begin());
    }
    return encoding;
}

std::vector<TokenId> RowEncoder::encodeOpen(const RenderedRow& row) const
{
    Encoding encoding = encodeOnce(row);
    const auto eos = m_tokenizer.eosId();
    while (encoding.ids.size() > 1 && eos == encoding.ids.back() && isAdded(encoding.spans.back())) {
        encoding.ids.pop_back();
        encoding.spans.pop_back();
    }
    return std::move(encoding.ids);
}

TokenRow RowEncoder::encode(const RenderedRow& rendered) const
{
    Encoding encoding = encodeOnce(rendered);
    TokenRow row;
    row.ids = std::move(encoding.ids);
    row.trained.resize(row.ids.size());
    for (std::size_t i = 0; i < row.ids.size(); ++i)
        row.trained[i] =
            m_trainOnPrompt || (!isAdded(encoding.spans[i]) && meets(rendered.answers, encoding.spans[i]));
    if (const auto eos = m_tokenizer.eosId(); eos && !rendered.conversation) {
        if (row.ids.empty() || row.ids.back() != *eos) {
            row.ids.push_back(*eos);
            row.trained.push_back(1);
        }
        row.trained.back() = 1;
    }
    if (row.ids.size() > m_maxLength) {
        row.cutTokens = static_cast<std::uint32_t>(row.ids.size() - m_maxLength);
        row.ids.resize(m_maxLength);
        row.trained.resize(m_maxLength);
    }
    if (!row.trained.empty())
        row.trained[0] = 0; // nothing comes before it that could predict it
    return row;
}

} // namespace lens
