// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/machine_speed.h"

#include "core/base/clock.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {

double matmulRate(at::ScalarType type, at::Device device, std::int64_t size, double seconds)
{
    const c10::NoGradGuard noGrad;
    const auto options = at::TensorOptions().dtype(type).device(device);
    const at::Tensor a = at::full({size, size}, 0.5, options);
    const at::Tensor b = at::full({size, size}, 0.25, options);
    at::Tensor product = at::empty({size, size}, options);
    const auto multiply = [&] {
        const double begin = monotonicSeconds();
        at::mm_out(product, a, b);
        if (device.is_cuda())
            (void)product[0][0].item<double>(); // waits for the device
        return monotonicSeconds() - begin;
    };
    multiply();
    double best = multiply();
    for (double used = best; used < seconds;) {
        const double time = multiply();
        best = std::min(best, time);
        used += std::max(time, 1e-6);
    }
    const auto n = static_cast<double>(size);
    return 2 * n * n * n / best * 1e-9;
}

} // namespace lens
