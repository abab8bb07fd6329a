// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/activation.h"

namespace lens {
namespace {

struct NamedActivation {
    std::string_view name;
    Activation activation;
};

// gelu_fast writes √(2/π) with ten digits: the same number to rounding.
constexpr NamedActivation kActivations[] = {
    {"silu", Activation::Silu},
    {"swish", Activation::Silu},
    {"gelu", Activation::Gelu},
    {"gelu_python", Activation::Gelu},
    {"gelu_new", Activation::GeluTanh},
    {"gelu_fast", Activation::GeluTanh},
    {"gelu_accurate", Activation::GeluTanh},
    {"gelu_pytorch_tanh", Activation::GeluTanh},
    {"gelu_python_tanh", Activation::GeluTanh},
    {"quick_gelu", Activation::QuickGelu},
    {"relu", Activation::Relu},
};

} // namespace

std::optional<Activation> activationNamed(std::string_view name)
{
    for (const NamedActivation& known : kActivations)
        if (known.name == name)
            return known.activation;
    return std::nullopt;
}

std::string knownActivations()
{
    std::string text;
    for (const NamedActivation& known : kActivations)
        text += (text.empty() ? "" : ", ") + std::string(known.name);
    return text;
}

} // namespace lens
