// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Float32 numbers as sums of two bfloat16 ones, hi = bf16(x) and lo = bf16(x − hi): x to 2⁻¹⁶ (splitHalves()
// of conversion.h). What the thin factors of an adapter need to stand in one bfloat16 product with the weight
// beside them. Rows may lie further apart than they are wide.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens::kernels {

// What a product with [f_hi, f_lo] gave, (rows, 2 n) float32, becomes scale·(first + second) in halves:
// `halves` (rows, 2 n) bfloat16 as [hi, lo].
void joinHalves(const at::Tensor& products, double scale, const at::Tensor& halves);

// [hi, lo] (rows, 2 n) as the left operand beside factors [f_hi, f_lo, f_hi] needs it: [hi, hi, lo] in
// `first` (rows, 2 n) and `rest` (rows, n).
void placeHalves(const at::Tensor& halves, const at::Tensor& first, const at::Tensor& rest);

} // namespace lens::kernels
