// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/choice_names.h"

namespace lens {
namespace {

constexpr std::string_view kMethods[] = {"lora", "full"};
constexpr std::string_view kStorageTypes[] = {"auto", "float32", "bfloat16"};
constexpr std::string_view kQuantisations[] = {"none", "nf4"};
constexpr std::string_view kSchedules[] = {"cosine", "linear", "constant"};
constexpr std::string_view kBiasTraining[] = {"none", "all", "lora_only"};
constexpr std::string_view kOnNonFinite[] = {"stop", "skip"};
constexpr std::string_view kRecompute[] = {"off", "on", "auto"};
constexpr std::string_view kDataFormats[] = {"auto",     "text",          "prompt_completion", "alpaca",
                                             "messages", "token_batches", "sharegpt"};

} // namespace

template <>
std::span<const std::string_view> choiceNames<Method>()
{
    return kMethods;
}

template <>
std::span<const std::string_view> choiceNames<StorageType>()
{
    return kStorageTypes;
}

template <>
std::span<const std::string_view> choiceNames<Quantisation>()
{
    return kQuantisations;
}

template <>
std::span<const std::string_view> choiceNames<Schedule>()
{
    return kSchedules;
}

template <>
std::span<const std::string_view> choiceNames<BiasTraining>()
{
    return kBiasTraining;
}

template <>
std::span<const std::string_view> choiceNames<OnNonFinite>()
{
    return kOnNonFinite;
}

template <>
std::span<const std::string_view> choiceNames<Recompute>()
{
    return kRecompute;
}

template <>
std::span<const std::string_view> choiceNames<DataFormat>()
{
    return kDataFormats;
}

} // namespace lens
