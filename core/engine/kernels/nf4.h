// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// 4-bit NormalFloat with double quantisation (Dettmers et al. 2023, arXiv 2305.14314), in the form in which
// bitsandbytes stores it: the values of a row-major matrix in blocks, each code the nearest of 16 levels of
// value / largest magnitude of the block. Plain functions on tensors, no gradients.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <string>

namespace lens {

inline constexpr std::int64_t kNf4Block = 64;        // values that share a scale
inline constexpr std::int64_t kNf4NestedBlock = 256; // scales that share a scale of their own

// Ascending. Quantiles of the normal distribution, scaled to [−1, 1], with an exact 0 (appendix E there).
extern const std::array<float, 16> kNf4Levels;

// Ascending: the 8-bit "dynamic" numbers that scales are rounded to (Dettmers 2015, arXiv 1511.04561).
// ±10^(e − 6) f for e = 0 … 6, f the middles of 2^e equal parts of [0.1, 1]; and 0 and 1.
const std::array<float, 256>& dynamicMap();

// All contiguous, on one device. The scale of block b is absmax[b], or where nestedAbsmax is defined
// nestedMap[absmax[b]] · nestedAbsmax[b / nestedBlock] + offset.
struct Nf4Tensors {
    at::Tensor codes;        // (⌈n / 2⌉) uint8, two a byte, the first in the high bits
    at::Tensor absmax;       // (⌈n / block⌉) float32, or uint8 where nested
    at::Tensor nestedAbsmax; // (⌈blocks / nestedBlock⌉) float32, or undefined
    at::Tensor nestedMap;    // (256) float32, or undefined
    float offset = 0;
    std::int64_t block = kNf4Block; // a multiple of 32
    std::int64_t nestedBlock = kNf4NestedBlock;
};

// Of a matrix of any type of floats on the CPU, row-major whatever its strides. Throws Error if a value is
// not a finite float32 number; `where` names the matrix.
Nf4Tensors quantiseNf4(const at::Tensor& matrix, bool nested, const std::string& where);

// (blocks) float32.
at::Tensor nf4Scales(const Nf4Tensors& from);

// The values of all of `out` (rows, columns), of type float32, bfloat16 or float64 and any strides: level ·
// scale in float32, then rounded or widened to the type. A kernel on the CPU, ATen elsewhere.
void dequantiseNf4(const Nf4Tensors& from, const at::Tensor& out);

// The same by ATen alone, on any device.
void dequantiseNf4ByTensors(const Nf4Tensors& from, const at::Tensor& out);

} // namespace lens
