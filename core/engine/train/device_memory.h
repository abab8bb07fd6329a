// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Memory and synchronisation of the device a model is on. CUDA's own headers stay in cuda_device.cpp, which
// is built with LENS_WITH_CUDA only; without it a GPU's memory is unknown, never zero.
#pragma once

#include <ATen/core/Tensor.h>

#include <exception>
#include <optional>

namespace lens {

struct DeviceMemory {
    double liveBytes = 0;     // in tensors
    double reservedBytes = 0; // taken from the driver by the allocator
    double peakBytes = 0;     // most ever live
    double freeBytes = 0;     // that nobody has taken from the driver
};

std::optional<DeviceMemory> deviceMemory(at::Device device);

// Waits until the device has done all it was given, so that times mean something. Nothing to do on a CPU.
void waitForDevice(at::Device device);

// The exception of an exhausted allocator (of either device), by its type or its words.
bool isOutOfMemory(const std::exception& error);

} // namespace lens
