// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_machine.h"

#include "core/base/clock.h"
#include "core/base/loaded_blas.h"
#include "core/base/machine.h"
#include "core/base/process.h"
#include "core/engine/kernels/onednn_product.h"
#include "core/engine/kernels/product.h"
#include "core/engine/torch_compat.h"
#include "core/engine/train/device_memory.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <unistd.h>

namespace lens {
namespace {

// GFLOP/s of a square product, the best of about a third of a second.
double squareRate(at::ScalarType type, at::Device device)
{
    constexpr double kSeconds = 0.3;
    const std::int64_t size = device.is_cpu() ? 1024 : 8192;
    const auto options = at::TensorOptions().dtype(type).device(device);
    const at::Tensor a = at::full({size, size}, 0.5, options);
    const at::Tensor b = at::full({size, size}, 0.25, options);
    const at::Tensor out = at::empty({size, size}, options);
    multiply(out, a, b);
    waitForDevice(device);
    double best = std::numeric_limits<double>::infinity();
    for (const double end = monotonicSeconds() + kSeconds; monotonicSeconds() < end;) {
        const double begin = monotonicSeconds();
        multiply(out, a, b);
        waitForDevice(device);
        best = std::min(best, monotonicSeconds() - begin);
    }
    const auto n = static_cast<double>(size);
    return 2 * n * n * n / best * 1e-9;
}

} // namespace

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : std::numeric_limits<double>::quiet_NaN();
}

double secondsSinceStart()
{
    const auto ticks = processStart(ownPid());
    timespec now{};
    if (!ticks || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) -
           static_cast<double>(*ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

bool resetPeakMemory()
{
    std::ofstream file("/proc/self/clear_refs");
    file << "5" << std::flush; // proc(5): the peak becomes what is resident now
    return file.good();
}

Json benchMachine(at::Device device, double load)
{
    const Machine machine = readMachine();
    const Json peak = {{"float32_gflops", squareRate(at::kFloat, device)},
                       {"bfloat16_gflops", squareRate(at::kBFloat16, device)}};
    const LoadedBlas blas = loadedBlas();
    return {{"cpu", machine.cpu},
            {"physical_cores", machine.physicalCores},
            {"logical_cores", machine.logicalCores},
            {"threads", at::get_num_threads()},
            {"device", device.str()},
            {"features", machine.features},
            {"gpus", machine.gpus},
            {"memory_bytes", machine.memoryBytes},
            {"system", machine.system},
            {"kernel", machine.kernel},
            {"training_lens", LENS_VERSION},
            {"libtorch", TORCH_VERSION},
            {"onednn", oneDnnVersion()},
            {"blas", blas.text()},
            {"blas_fast", blas.fast},
            {"load_average", load},
            {"matmul_peak", peak}};
}

Json benchWarnings(const Json& machine)
{
    Json warnings = Json::array();
    const double load = machine["load_average"].get<double>();
    if (load > 0.5) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "The load average was %.2f at the start: other programs use the processor, and the "
                      "figures are worth less for it.",
                      load);
        warnings.push_back(text);
    }
    if (machine["blas_fast"] == false)
        warnings.push_back("Float32 products of LibTorch go to " + machine["blas"].get<std::string>() +
                           ", which is slow: install libopenblas0-openmp.");
    return warnings;
}

} // namespace lens
