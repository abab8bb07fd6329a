// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/rotary.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {
namespace {

constexpr std::size_t kMostTables = 32;

} // namespace

RotaryTable::RotaryTable(const RopeConfig& config, at::Device device, at::ScalarType type)
    : m_config(config)
    , m_options(at::TensorOptions().dtype(at::kFloat).device(device))
    , m_type(type)
{
}

RotaryAngles RotaryTable::filled(std::int64_t size, std::int64_t length) const
{
    const at::NoGradGuard guard;
    std::vector<float> turns = rotaryFrequencies(m_config, length);
    const auto count = static_cast<std::int64_t>(turns.size());
    const at::Tensor frequencies =
        at::from_blob(turns.data(), {count}, at::kFloat).clone().to(m_options.device());
    const at::Tensor angles = at::arange(size, m_options).unsqueeze(1).mul(frequencies);
    const auto rounded = [this](const at::Tensor& x) {
        return x.mul(m_config.attentionFactor).to(m_type).to(m_options.dtype());
    };
    return {rounded(angles.cos()), rounded(angles.sin())};
}

RotaryAngles RotaryTable::ofDocument(std::int64_t past, std::int64_t count, std::int64_t frequencyLength)
{
    const std::int64_t needed = past + count;
    const std::int64_t length = frequencyLength > 0 ? frequencyLength : needed;
    const std::int64_t variant = frequencyVariant(m_config, length);
    if (m_tables.size() >= kMostTables && !m_tables.contains(variant))
        m_tables.clear(); // every length of a dynamic document has its own
    RotaryAngles& table = m_tables[variant];
    const std::int64_t have = table.cosine.defined() ? table.cosine.size(0) : 0;
    if (needed > have)
        table = filled(std::max(needed, std::min<std::int64_t>(2 * have, needed + 4096)), length);
    return {table.cosine.narrow(0, past, count), table.sine.narrow(0, past, count)};
}

RotaryAngles RotaryTable::angles(const std::vector<std::int64_t>& lengths, std::int64_t past,
                                 std::int64_t frequencyLength)
{
    std::vector<at::Tensor> cosines;
    std::vector<at::Tensor> sines;
    for (const std::int64_t length : lengths) {
        const RotaryAngles angles = ofDocument(past, length, frequencyLength);
        cosines.push_back(angles.cosine);
        sines.push_back(angles.sine);
    }
    return {at::cat(cosines), at::cat(sines)};
}

} // namespace lens
