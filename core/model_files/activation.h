// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The activations of feed-forward blocks, by the names that transformers gives them (ACT2FN).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lens {

enum class Activation {
    Silu,      // x σ(x)
    Gelu,      // x Φ(x), with the error function
    GeluTanh,  // x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))
    QuickGelu, // x σ(1.702 x)
    Relu,
};

// Nothing for a name that is not known.
std::optional<Activation> activationNamed(std::string_view name);

// For messages: "silu, swish, gelu, …".
std::string knownActivations();

} // namespace lens
