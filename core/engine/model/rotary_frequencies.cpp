// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/rotary_frequencies.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lens {
namespace {

// θ^(2i/r): positions until a pair has turned by one radian.
std::vector<float> plainPeriods(float theta, std::int64_t rotaryDim)
{
    std::vector<float> periods;
    for (std::int64_t i = 0; i < rotaryDim; i += 2)
        periods.push_back(std::pow(theta, static_cast<float>(i) / static_cast<float>(rotaryDim)));
    return periods;
}

float dynamicTheta(const RopeConfig& config, std::int64_t length)
{
    const auto dim = static_cast<double>(config.rotaryDim);
    const double stretch =
        config.factor * static_cast<double>(length) / static_cast<double>(config.maxPositions) -
        (config.factor - 1);
    return static_cast<float>(config.theta * std::pow(stretch, dim / (dim - 2)));
}

float scaledByLlama3(float frequency, const RopeConfig& config)
{
    const auto original = static_cast<float>(config.originalMaxPositions);
    const auto low = static_cast<float>(config.lowFreqFactor);
    const auto high = static_cast<float>(config.highFreqFactor);
    const auto factor = static_cast<float>(config.factor);
    const float wavelength = 2 * std::numbers::pi_v<float> / frequency;
    if (wavelength > original / low)
        return frequency / factor;
    if (wavelength < original / high)
        return frequency;
    const float smooth = (original / wavelength - low) / (high - low);
    return (1 - smooth) * frequency / factor + smooth * frequency;
}

// The dimension whose pair turns `rotations` times within the original length.
double yarnDimension(const RopeConfig& config, double rotations)
{
    const double turns =
        static_cast<double>(config.originalMaxPositions) / (rotations * 2 * std::numbers::pi);
    return static_cast<double>(config.rotaryDim) * std::log(turns) / (2 * std::log(config.theta));
}

std::vector<float> yarnFrequencies(const RopeConfig& config)
{
    double low = yarnDimension(config, config.betaFast);
    double high = yarnDimension(config, config.betaSlow);
    if (config.truncate) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, static_cast<double>(config.rotaryDim - 1));
    if (low == high)
        high += 0.001;
    std::vector<float> frequencies = plainPeriods(static_cast<float>(config.theta), config.rotaryDim);
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const float kept = 1 / frequencies[i];
        const float divided = 1 / (static_cast<float>(config.factor) * frequencies[i]);
        const float ramp = std::clamp(
            (static_cast<float>(i) - static_cast<float>(low)) / static_cast<float>(high - low), 0.0F, 1.0F);
        const float share = 1 - ramp;
        frequencies[i] = divided * (1 - share) + kept * share;
    }
    return frequencies;
}

} // namespace

std::int64_t frequencyVariant(const RopeConfig& config, std::int64_t length)
{
    if (config.kind == RopeKind::Dynamic && length > config.maxPositions)
        return length;
    return config.kind == RopeKind::LongRope && length > config.originalMaxPositions ? 1 : 0;
}

std::vector<float> rotaryFrequencies(const RopeConfig& config, std::int64_t length)
{
    if (config.kind == RopeKind::Yarn)
        return yarnFrequencies(config);
    const std::int64_t variant = frequencyVariant(config, length);
    const float theta = config.kind == RopeKind::Dynamic && variant > 0 ? dynamicTheta(config, length)
                                                                        : static_cast<float>(config.theta);
    const std::vector<double>& divisors = variant > 0 ? config.longFactors : config.shortFactors;
    std::vector<float> frequencies = plainPeriods(theta, config.rotaryDim);
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        if (config.kind == RopeKind::LongRope)
            frequencies[i] *= static_cast<float>(divisors.at(i));
        frequencies[i] = 1 / frequencies[i];
        if (config.kind == RopeKind::Linear)
            frequencies[i] /= static_cast<float>(config.factor);
        if (config.kind == RopeKind::Llama3)
            frequencies[i] = scaledByLlama3(frequencies[i], config);
    }
    return frequencies;
}

} // namespace lens
