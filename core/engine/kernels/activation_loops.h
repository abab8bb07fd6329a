// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of activation.h over rows first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"
#include "core/model_files/activation.h"

namespace lens::kernels {

// Forward: out. Backward: dGate and dUp from dOut, and out again where it is not null. Without a gate `gate`
// is the activation's input, and up and dUp are null.
template <class T>
struct ActivationRows {
    Rows<const T> gate;
    Rows<const T> up;
    Rows<T> out;
    Rows<const T> dOut;
    Rows<T> dGate;
    Rows<T> dUp;
    std::int64_t width;
};

template <class T>
struct ActivationLoops {
    void (*forward)(const ActivationRows<T>&, std::int64_t first, std::int64_t last);
    void (*backward)(const ActivationRows<T>&, std::int64_t first, std::int64_t last);
};

template <InstructionSet kSet, class T>
ActivationLoops<T> activationLoops(Activation activation);

} // namespace lens::kernels
