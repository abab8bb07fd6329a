// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/device_memory.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <new>
#include <string_view>

namespace lens {

#ifndef LENS_WITH_CUDA
std::optional<DeviceMemory> deviceMemory(at::Device)
{
    return std::nullopt;
}
#endif

void waitForDevice(at::Device device)
{
    if (device.is_cuda())
        at::detail::getCUDAHooks().deviceSynchronize(device.index());
}

bool isOutOfMemory(const std::exception& error)
{
    if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const c10::OutOfMemoryError*>(&error))
        return true;
    // The CPU allocator of LibTorch throws a plain error.
    const std::string_view words = error.what();
    for (const std::string_view sign : {"not enough memory", "out of memory", "allocate memory"})
        if (words.find(sign) != std::string_view::npos)
            return true;
    return false;
}

} // namespace lens
