// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Named tensors on their way into one safetensors file.
#pragma once

#include "core/safetensors/safetensors.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace lens {

// The type in a safetensors file; throws Error for one that it does not have.
DType dtypeOfTensor(const at::Tensor& tensor);

class TensorList {
public:
    // Kept as it is where it is on the CPU and contiguous, else copied.
    void add(const std::string& name, const at::Tensor& tensor);
    // Atomically, in the order in which they were added, with metadata "format": "pt".
    void write(const std::filesystem::path& path) const;

private:
    std::vector<std::pair<std::string, at::Tensor>> m_tensors;
};

} // namespace lens
