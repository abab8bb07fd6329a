// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/doctor_command.h"

#include "core/base/file.h"
#include "core/base/loaded_blas.h"
#include "core/base/machine.h"
#include "core/base/user_paths.h"
#include "core/engine/command/machine_speed.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <cstdio>
#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <thread>

namespace lens {
namespace {

constexpr std::int64_t kFloatSize = 1024;
constexpr std::int64_t kBFloatSize = 512; // without hardware for it, bfloat16 is very slow
constexpr double kMeasureSeconds = 0.3;

// dnnl_version() as LibTorch has loaded it; the beginning of its struct is all that is looked at.
std::string oneDnnVersion()
{
    struct Version {
        int major;
        int minor;
        int patch;
    };
    using GetVersion = const Version* (*)();
    const auto get = reinterpret_cast<GetVersion>(::dlsym(RTLD_DEFAULT, "dnnl_version"));
    const Version* version = get ? get() : nullptr;
    if (!version)
        return {};
    return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch);
}

Json versions()
{
    return {{"training_lens", LENS_VERSION},
            {"libtorch", TORCH_VERSION},
            {"onednn", oneDnnVersion()},
            {"compiler", "g++ " __VERSION__},
            {"glibc", ::gnu_get_libc_version()}};
}

Json machineJson(const Machine& machine)
{
    return {{"host", machine.host},
            {"system", machine.system},
            {"kernel", machine.kernel},
            {"cpu", machine.cpu},
            {"physical_cores", machine.physicalCores},
            {"logical_cores", machine.logicalCores},
            {"features", machine.features},
            {"memory_bytes", machine.memoryBytes},
            {"available_bytes", machine.availableBytes},
            {"gpus", machine.gpus}};
}

Json speedJson()
{
    Json speed = {{"float32_gflops", matmulRate(at::kFloat, at::kCPU, kFloatSize, kMeasureSeconds)},
                  {"bfloat16_gflops", matmulRate(at::kBFloat16, at::kCPU, kBFloatSize, kMeasureSeconds)}};
    if (at::hasCUDA())
        speed["cuda_bfloat16_gflops"] =
            matmulRate(at::kBFloat16, at::Device(at::kCUDA, 0), 4 * kFloatSize, kMeasureSeconds);
    return speed;
}

void warnOfBlas(const LoadedBlas& blas, Json& warnings)
{
    if (blas.fast)
        return;
    const std::string what =
        "Matrix products go to " + blas.text() + (blas.path.empty() ? "" : ", " + blas.path);
    warnings.push_back(
        what + ". OpenBLAS with OpenMP is many times faster than the reference BLAS and twice as fast "
               "as OpenBLAS with pthreads: install libopenblas0-openmp.");
}

Json warningsOf(const LoadedBlas& blas, const Machine& machine, const Json& speed, std::uintmax_t freeDisk)
{
    constexpr std::uintmax_t kLittleDisk = 2ull << 30;
    constexpr std::uint64_t kLittleMemory = 2ull << 30;
    Json warnings = Json::array();
    warnOfBlas(blas, warnings);
    if (at::get_num_threads() < machine.physicalCores)
        warnings.push_back("Only " + std::to_string(at::get_num_threads()) + " of " +
                           std::to_string(machine.physicalCores) +
                           " cores are used: OMP_NUM_THREADS is set to that.");
    if (freeDisk < kLittleDisk)
        warnings.push_back("Less than 2 GiB are free on the disk of the library.");
    if (machine.availableBytes < kLittleMemory)
        warnings.push_back("Less than 2 GiB of memory are free.");
    if (!machine.gpus.empty() && !at::hasCUDA())
        warnings.push_back("There is a GPU, but this LibTorch is built without CUDA: it will not be used.");
    // One core with AVX2 and a fast BLAS reaches 50 and more; the reference BLAS 2 to 4.
    constexpr double kSlowPerThread = 10;
    const double float32 = speed["float32_gflops"].get<double>();
    if (float32 < kSlowPerThread * at::get_num_threads())
        warnings.push_back("float32 products reach only " + std::to_string(std::lround(float32)) +
                           " GFLOP/s: other programs are using the cores, or the BLAS is slow. Look again "
                           "when the machine is idle.");
    return warnings;
}

std::string gibibytes(const Json& bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GiB", bytes.get<double>() / (1 << 30));
    return text;
}

std::string rate(const Json& gflops)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.0f GFLOP/s", gflops.get<double>());
    return text;
}

std::string joined(const Json& words, const std::string& none)
{
    std::string text;
    for (const Json& word : words)
        text += (text.empty() ? "" : ", ") + word.get<std::string>();
    return text.empty() ? none : text;
}

std::string row(const std::string& name, const std::string& value)
{
    return name + std::string(name.size() < 20 ? 20 - name.size() : 1, ' ') + value + "\n";
}

} // namespace

Json examineMachine()
{
    const Machine machine = readMachine();
    const Json speed = speedJson(); // first: it loads what is still to be loaded
    const LoadedBlas blas = loadedBlas();
    const auto library = defaultLibrary();
    const std::uintmax_t freeDisk = freeBytes(library);
    return {{"versions", versions()},
            {"machine", machineJson(machine)},
            {"threads", at::get_num_threads()},
            {"blas", {{"name", blas.text()}, {"path", blas.path}, {"fast", blas.fast}}},
            {"cuda", at::hasCUDA()},
            {"speed", speed},
            {"disk", {{"library", library.string()}, {"free_bytes", freeDisk}}},
            {"warnings", warningsOf(blas, machine, speed, freeDisk)}};
}

std::string doctorText(const Json& findings)
{
    const Json& machine = findings["machine"];
    const Json& speed = findings["speed"];
    std::string text = row("Training Lens", findings["versions"]["training_lens"].get<std::string>());
    text += row("LibTorch", findings["versions"]["libtorch"].get<std::string>() +
                                (findings["cuda"] == true ? ", with CUDA" : ", without CUDA"));
    text += row("oneDNN", findings["versions"]["onednn"].get<std::string>());
    text += row("System",
                machine["system"].get<std::string>() + ", Linux " + machine["kernel"].get<std::string>());
    text += row("Processor", machine["cpu"].get<std::string>());
    text += row("Features", joined(machine["features"], "none of those that matter"));
    text += row("Cores", std::to_string(machine["physical_cores"].get<int>()) + " physical, " +
                             std::to_string(findings["threads"].get<int>()) + " threads used");
    text += row("Memory",
                gibibytes(machine["memory_bytes"]) + ", " + gibibytes(machine["available_bytes"]) + " free");
    text += row("GPU", joined(machine["gpus"], "none"));
    text += row("BLAS", findings["blas"]["name"].get<std::string>() + "  " +
                            findings["blas"]["path"].get<std::string>());
    text += row("float32 products", rate(speed["float32_gflops"]));
    text += row("bfloat16 products", rate(speed["bfloat16_gflops"]));
    if (speed.contains("cuda_bfloat16_gflops"))
        text += row("  on the GPU", rate(speed["cuda_bfloat16_gflops"]));
    text += row("Run library", findings["disk"]["library"].get<std::string>() + ", " +
                                   gibibytes(findings["disk"]["free_bytes"]) + " free");
    for (const Json& warning : findings["warnings"])
        text += "\nwarning: " + warning.get<std::string>() + "\n";
    if (findings["warnings"].empty())
        text += "\nNothing here slows training down.\n";
    return text;
}

int runDoctor(const Arguments& arguments)
{
    const Json findings = examineMachine();
    std::fputs((arguments.has("--json") ? toJsonText(findings) : doctorText(findings)).c_str(), stdout);
    return 0;
}

} // namespace lens
