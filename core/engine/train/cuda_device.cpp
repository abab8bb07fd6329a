// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one file that sees CUDA's own headers; built with LENS_WITH_CUDA.
#include "core/engine/train/device_memory.h"

#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>

namespace lens {

std::optional<DeviceMemory> deviceMemory(at::Device device)
{
    if (!device.is_cuda())
        return std::nullopt;
    // The index is a small integer whose type differs between versions of LibTorch.
    const auto index = device.has_index() ? device.index() : decltype(device.index()){0};
    const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(index);
    const auto& live = stats.allocated_bytes[0]; // 0: all pools together
    const auto& reserved = stats.reserved_bytes[0];
    const c10::cuda::CUDAGuard guard(index);
    std::size_t free = 0;
    std::size_t total = 0;
    if (cudaMemGetInfo(&free, &total) != cudaSuccess)
        cudaGetLastError(); // forget it: how much is free is then not known to be anything
    return DeviceMemory{static_cast<double>(live.current), static_cast<double>(reserved.current),
                        static_cast<double>(live.peak), static_cast<double>(free)};
}

} // namespace lens
