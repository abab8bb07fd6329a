// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Continuing a prompt, greedily or by sampling, with a key/value cache.
#include "core/base/error.h"
#include "core/engine/model/model_parts.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace lens {
namespace {

// Draws an id with probability softmax(logits / temperature); the same seed draws the same on every machine.
std::int64_t drawn(const double* logits, std::int64_t count, double temperature, std::mt19937_64& random)
{
    const double top = *std::max_element(logits, logits + count);
    std::vector<double> cumulative(static_cast<std::size_t>(count));
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i)
        cumulative[static_cast<std::size_t>(i)] = sum += std::exp((logits[i] - top) / temperature);
    const double uniform = static_cast<double>(random() >> 11) * 0x1p-53;
    const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), uniform * sum);
    return std::min<std::int64_t>(found - cumulative.begin(), count - 1);
}

} // namespace

at::Tensor Model::Parts::nextLogits(const std::vector<std::int64_t>& ids, KeyValueCache& cache)
{
    const auto count = static_cast<std::int64_t>(ids.size());
    const Documents document{at::tensor(ids, at::kLong).to(device), {count}};
    DecoderPass pass;
    pass.adapter = adapterPass(false);
    pass.cache = &cache;
    const at::Tensor x = decoder.forward(document, pass).narrow(0, count - 1, 1);
    return decoder.logits(decoder.finalNorm(x), pass.adapter).reshape({-1}).to(at::kCPU, at::kDouble);
}

std::vector<std::int64_t> Model::generate(const std::vector<std::int64_t>& prompt,
                                          const GenerateOptions& options,
                                          const std::function<bool(std::int64_t)>& onToken)
{
    const auto outside = [this](std::int64_t id) { return id < 0 || id >= vocabularySize(); };
    if (prompt.empty() || std::any_of(prompt.begin(), prompt.end(), outside))
        throw Error(prompt.empty() ? "is empty" : "holds an id outside of the model's vocabulary", "prompt");
    const at::NoGradGuard guard;
    const std::int64_t most = std::max(0, options.maxNewTokens);
    const auto positions = m_parts->decoder.mostPositions();
    KeyValueCache cache = m_parts->decoder.newCache(static_cast<std::int64_t>(prompt.size()) + most);
    std::mt19937_64 random(options.seed);
    std::vector<std::int64_t> generated;
    std::vector<std::int64_t> next = prompt;
    for (std::int64_t i = 0; i < most; ++i) {
        const std::int64_t length = cache.length + static_cast<std::int64_t>(next.size());
        if (positions && length > *positions && i > 0)
            break; // no position is left
        if (m_parts->decoder.cacheIsStale(cache.length, length)) {
            cache.length = 0;
            next = prompt;
            next.insert(next.end(), generated.begin(), generated.end());
        }
        const at::Tensor logits = m_parts->nextLogits(next, cache);
        const std::int64_t id = options.temperature > 0 ? drawn(logits.data_ptr<double>(), logits.numel(),
                                                                options.temperature, random)
                                                        : logits.argmax().item<std::int64_t>();
        if (std::find(options.stopIds.begin(), options.stopIds.end(), id) != options.stopIds.end())
            break;
        generated.push_back(id);
        if (onToken && !onToken(id))
            break;
        next = {id};
    }
    return generated;
}

} // namespace lens
