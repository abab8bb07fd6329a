// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Golden tensors as LibTorch tensors, and the measures of the golden data's README.
#pragma once

#include "core/engine/model/model.h"
#include "core/safetensors/safetensors.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>

namespace lens::test {

// A copy of one tensor of a file, in its own type.
at::Tensor tensorOf(const SafetensorsFile& file, const std::string& name);

// ids, labels and lengths of a golden file's batch.
Batch goldenBatch(const SafetensorsFile& file);

// max |a − b| / max |b| over the whole tensor, in float64; infinite if the shapes differ or a is not finite.
double relativeDeviation(const at::Tensor& a, const at::Tensor& b);

// As above with the padded positions (mask 0) of (rows, time, …) left out.
double relativeDeviation(const at::Tensor& a, const at::Tensor& b, const at::Tensor& mask);

// Its floats as a list: for comparing bit for bit.
std::vector<float> floatsOf(const at::Tensor& tensor);

} // namespace lens::test
