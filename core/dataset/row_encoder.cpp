// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_encoder.h"

#include "core/dataset/control_token.h"

#include <algorithm>

namespace lens {
namespace {

using Ranges = std::vector<Encoding::Span>;

// The first of the ascending ranges that ends behind `position`.
Ranges::const_iterator rangeBehind(const Ranges& ranges, std::uint32_t position)
{
    return std::upper_bound(ranges.begin(), ranges.end(), position,
                            [](std::uint32_t at, const Encoding::Span& range) { return at < range.end; });
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

// Whether the token meets a range; an empty span is its point.
bool RowEncoder::isAnswer(const RenderedRow& row, TokenId id, Encoding::Span span) const
{
    if (isAdded(span))
        return false;
    const auto range = rangeBehind(row.answers, span.begin);
    if (range == row.answers.end() || std::max(span.end, span.begin + 1) <= range->begin)
        return false;
    return span.begin >= range->begin || !isControlToken(m_tokenizer, id, row.text, span);
}

std::uint32_t RowEncoder::controlTokens(const RenderedRow& row, const Encoding& encoding) const
{
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < encoding.ids.size() && !row.written.empty(); ++i) {
        if (!isControlToken(m_tokenizer, encoding.ids[i], row.text, encoding.spans[i]))
            continue;
        const auto range = rangeBehind(row.written, encoding.spans[i].begin);
        count += range != row.written.end() && encoding.spans[i].begin >= range->begin;
    }
    return count;
}

TokenRow RowEncoder::encode(const RenderedRow& rendered, std::vector<Encoding::Span>* spans) const
{
    Encoding encoding = encodeOnce(rendered);
    TokenRow row;
    row.controlTokens = controlTokens(rendered, encoding);
    row.trained.resize(encoding.ids.size());
    for (std::size_t i = 0; i < encoding.ids.size(); ++i)
        row.trained[i] = m_trainOnPrompt || isAnswer(rendered, encoding.ids[i], encoding.spans[i]);
    row.ids = std::move(encoding.ids);
    if (const auto eos = m_tokenizer.eosId(); eos && !rendered.conversation) {
        if (row.ids.empty() || row.ids.back() != *eos) {
            row.ids.push_back(*eos);
            row.trained.push_back(1);
            encoding.spans.push_back({});
        }
        row.trained.back() = 1;
    }
    if (row.ids.size() > m_maxLength) {
        row.cutTokens = static_cast<std::uint32_t>(row.ids.size() - m_maxLength);
        row.ids.resize(m_maxLength);
        row.trained.resize(m_maxLength);
        encoding.spans.resize(m_maxLength);
    }
    if (!row.trained.empty())
        row.trained[0] = 0; // nothing comes before it that could predict it
    if (spans)
        *spans = std::move(encoding.spans);
    return row;
}

} // namespace lens
