// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/checkpoint_layout.h"

#include <charconv>

namespace lens {
namespace {

constexpr std::string_view kPrefix = "checkpoint-";

} // namespace

std::string checkpointName(std::uint64_t step)
{
    return std::string(kPrefix) + std::to_string(step);
}

std::optional<std::uint64_t> checkpointStep(std::string_view folderName)
{
    if (!folderName.starts_with(kPrefix))
        return std::nullopt;
    const std::string_view digits = folderName.substr(kPrefix.size());
    std::uint64_t step = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), step);
    if (digits.empty() || code != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return step;
}

} // namespace lens
