// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/weight_type.h"

#include "core/base/clock.h"
#include "core/engine/kernels/onednn_product.h"
#include "core/engine/kernels/product.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace lens {
namespace {

constexpr double kMostSlowdown = 1.2;
constexpr std::int64_t kTokens = 256;
constexpr std::int64_t kMostElements = std::int64_t{1} << 21; // of W: rates of larger ones are the same
constexpr int kFewestRounds = 3;
constexpr int kMostRounds = 8;
constexpr double kEnoughSeconds = 0.03; // of all rounds

class ProductTrial {
public:
    ProductTrial(at::ScalarType type, std::int64_t in, std::int64_t out)
        : m_x(at::full({kTokens, in}, 0.5, type))
        , m_weight(at::full({out, in}, 0.25, type))
        , m_y(at::empty({kTokens, out}, type))
    {
        run(); // kernels are compiled and pages touched
    }

    double run() const
    {
        const double begin = monotonicSeconds();
        multiply(m_y, m_x, m_weight.t());
        multiply(m_x, m_y, m_weight);
        const double seconds = monotonicSeconds() - begin;
        m_x.fill_(0.5); // else it grows from run to run
        return seconds;
    }

private:
    at::Tensor m_x;      // (tokens, in)
    at::Tensor m_weight; // (out, in)
    at::Tensor m_y;      // (tokens, out)
};

} // namespace

bool bfloat16Pays(const ProductSeconds& seconds)
{
    return seconds.bfloat16 <= kMostSlowdown * seconds.float32;
}

ProductSeconds timeProducts(const ModelConfig& config)
{
    std::int64_t in = config.hiddenSize;
    std::int64_t out = config.intermediateSize;
    while (in * out > kMostElements) {
        std::int64_t& larger = in > out ? in : out;
        larger = (larger + 1) / 2;
    }
    const ProductTrial float32(at::kFloat, in, out);
    const ProductTrial bfloat16(at::kBFloat16, in, out);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    ProductSeconds least{kInfinity, kInfinity};
    double used = 0;
    // By turns, so that a busy neighbour takes from both.
    for (int round = 0; round < kFewestRounds || (round < kMostRounds && used < kEnoughSeconds); ++round) {
        const ProductSeconds seconds{float32.run(), bfloat16.run()};
        least = {std::min(least.float32, seconds.float32), std::min(least.bfloat16, seconds.bfloat16)};
        used += seconds.float32 + seconds.bfloat16;
    }
    return least;
}

at::ScalarType weightType(StorageType wanted, bool storedAsBFloat16, const ModelConfig& config,
                          at::Device device)
{
    if (wanted != StorageType::Auto)
        return wanted == StorageType::BFloat16 ? at::kBFloat16 : at::kFloat;
    if (!storedAsBFloat16)
        return at::kFloat;
    if (!device.is_cpu())
        return at::kBFloat16;
    // Without kernels of their own such products are widened first: never faster, and slow for a few tokens.
    return oneDnnKnowsBFloat16() && bfloat16Pays(timeProducts(config)) ? at::kBFloat16 : at::kFloat;
}

} // namespace lens
