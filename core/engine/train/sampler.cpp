// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/sampler.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/dataset/dataset.h"

namespace lens {
namespace {

// The bytes at the end of `text` that begin a UTF-8 character and do not finish it.
std::size_t unfinishedBytes(const std::string& text)
{
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte >= 0xC0)
            return (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) > back ? back : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

} // namespace

Sampler::Sampler(const Tokenizer* tokenizer, PromptForm form, std::vector<std::int64_t> stopIds)
    : m_tokenizer(tokenizer)
    , m_form(std::move(form))
    , m_stopIds(std::move(stopIds))
{
}

Sample Sampler::continueText(Model& model, const std::string& prompt, const GenerateOptions& options,
                             const std::function<void(std::string_view)>& onPiece) const
{
    if (!m_tokenizer)
        throw Error("the model folder has no tokenizer: text cannot be generated", "prompt");
    const double begin = monotonicSeconds();
    const std::vector<TokenId> ids = encodePrompt(prompt, m_form.format, *m_tokenizer, m_form.chatTemplate);
    GenerateOptions generate = options;
    generate.stopIds.insert(generate.stopIds.end(), m_stopIds.begin(), m_stopIds.end());
    std::vector<TokenId> answer;
    std::string shown;
    const auto onToken = [&](std::int64_t id) {
        answer.push_back(static_cast<TokenId>(id));
        if (!onPiece)
            return true;
        std::string text = m_tokenizer->decode(answer, true);
        // A character may consist of several tokens: until it is whole it decodes to nothing that stays.
        text.resize(text.size() - unfinishedBytes(text));
        if (text.size() > shown.size() && text.starts_with(shown) && !text.ends_with(kReplacement)) {
            onPiece(std::string_view(text).substr(shown.size()));
            shown = std::move(text);
        }
        return true;
    };
    model.generate({ids.begin(), ids.end()}, generate, onToken);
    Sample sample;
    sample.text = m_tokenizer->decode(answer, true);
    sample.tokens = answer.size();
    sample.seconds = monotonicSeconds() - begin;
    if (onPiece && sample.text.size() > shown.size() && sample.text.starts_with(shown))
        onPiece(std::string_view(sample.text).substr(shown.size()));
    return sample;
}

} // namespace lens
