// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Everything in which the supported LibTorch versions (1.13 … 2.x) differ, and the few parts of it that every
// file of core/engine needs. No other header of the engine looks at the version.
#pragma once

#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#include <cstdint>
#include <vector>

namespace lens {

// A random generator of its own, independent of LibTorch's default one. CPU and CUDA alike.
inline at::Generator newGenerator(at::Device device, std::uint64_t seed)
{
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return generator;
}

// A shape as ATen takes it; a std::vector<std::int64_t> converts by itself in all versions.
using Shape = std::vector<std::int64_t>;

} // namespace lens
