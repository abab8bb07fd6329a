// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The words that stand for the enumerators of a configuration in files. Enumerators are never stored by
// position.
#pragma once

#include "core/config/run_config.h"

#include <optional>
#include <span>
#include <string_view>

namespace lens {

// All words of an enumeration, in the order of its enumerators.
template <typename Choice>
std::span<const std::string_view> choiceNames();
template <>
std::span<const std::string_view> choiceNames<Method>();
template <>
std::span<const std::string_view> choiceNames<StorageType>();
template <>
std::span<const std::string_view> choiceNames<Quantisation>();
template <>
std::span<const std::string_view> choiceNames<Schedule>();
template <>
std::span<const std::string_view> choiceNames<BiasTraining>();
template <>
std::span<const std::string_view> choiceNames<OnNonFinite>();
template <>
std::span<const std::string_view> choiceNames<Recompute>();
template <>
std::span<const std::string_view> choiceNames<DataFormat>();

template <typename Choice>
std::string_view choiceName(Choice choice)
{
    return choiceNames<Choice>()[static_cast<std::size_t>(choice)];
}

template <typename Choice>
std::optional<Choice> choiceByName(std::string_view name)
{
    const auto names = choiceNames<Choice>();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<Choice>(i);
    return std::nullopt;
}

} // namespace lens
