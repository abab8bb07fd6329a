// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Matrices whose rows have free columns to their right, in which the factors of an adapter are put so that a
// weight and its adapter are one product (extended_weights.h).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens {

// (rows, width), uninitialised, with at least `room` columns free to the right of each row: rows are a
// multiple of 64 bytes apart, the last one is as long as the others. No view of another tensor.
at::Tensor roomyEmpty(std::int64_t rows, std::int64_t width, std::int64_t room,
                      const at::TensorOptions& options);
// Whether x is the only tenant of rows that have this much room.
bool hasRoom(const at::Tensor& x, std::int64_t room);
// x and `room` columns to its right. x must have it.
at::Tensor withRoom(const at::Tensor& x, std::int64_t room);

} // namespace lens
