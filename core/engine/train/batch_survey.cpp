// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/batch_survey.h"

#include <algorithm>

namespace lens {
namespace {

void look(BatchSurvey& survey, const std::vector<TokenRow>& rows, const std::vector<std::uint32_t>& batch)
{
    std::uint64_t tokens = 0;
    std::uint64_t longest = 0;
    for (const std::uint32_t row : batch) {
        tokens += rows[row].ids.size();
        longest = std::max<std::uint64_t>(longest, rows[row].ids.size());
    }
    if (std::pair(tokens, longest) <= std::pair(survey.tokens, survey.longestRow))
        return;
    survey.largest = batch;
    survey.tokens = tokens;
    survey.longestRow = longest;
}

} // namespace

BatchSurvey surveyBatches(BatchSource source, const std::vector<TokenRow>& rows, std::uint64_t windows)
{
    BatchSurvey survey;
    double tokens = 0;
    while (survey.windows < std::max<std::uint64_t>(1, windows)) {
        const Window window = source.next();
        for (const std::vector<std::uint32_t>& batch : window.microBatches)
            look(survey, rows, batch);
        tokens += static_cast<double>(window.tokens);
        ++survey.windows;
    }
    survey.tokensPerWindow = tokens / static_cast<double>(survey.windows);
    for (const std::uint32_t row : survey.largest)
        survey.trainedTokens += rows[row].trainedTokens();
    return survey;
}

} // namespace lens
