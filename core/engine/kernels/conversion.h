// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Copies between types, with a factor. All matrices (rows, width), any row strides, unit stride in the last
// dimension; not overlapping unless they are the same elements. Fast between float32 and bfloat16 either way,
// and in float64; by ATen between other types.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens::kernels {

// out = scale · x, rounded once.
void convert(const at::Tensor& out, const at::Tensor& x, double scale = 1);

// out += scale · x, rounded once.
void addScaled(const at::Tensor& out, const at::Tensor& x, double scale = 1);

// scale · x of float32 as the sum of two bfloat16: high = that rounded, low = the rest rounded; together good
// to 2⁻¹⁶ relative. Products with a bfloat16 matrix are those of float32 to that. `highAgain`: a second copy
// of high; undefined: none. high, low and highAgain are bfloat16 and do not overlap x.
void splitHalves(const at::Tensor& high, const at::Tensor& low, const at::Tensor& x, double scale = 1,
                 const at::Tensor& highAgain = {});

} // namespace lens::kernels
