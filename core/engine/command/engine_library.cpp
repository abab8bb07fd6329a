// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/engine_library.h"

#include "core/base/error.h"
#include "core/base/install_paths.h"
#include "core/base/machine.h"
#include "core/engine/command/engine_entry.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

namespace lens {
namespace {

#ifdef __x86_64__
constexpr const char* kTriplet = "x86_64-linux-gnu";
#elif defined(__aarch64__)
constexpr const char* kTriplet = "aarch64-linux-gnu";
#else
constexpr const char* kTriplet = "";
#endif

// Spins of a waiting thread before it sleeps. Measured on two cores, 200 steps of a tiny model (many small
// products: the worst case), alone / beside a compiler on every core: 0 spins 1.10 s / 2.2 s, 1000 1.00 s
// / 3.7 s, 10,000 0.96 s / 8 s, 100,000 0.96 s / 55 s. The window and the desktop are such neighbours.
constexpr const char* kSpinCount = "1000";

void setDefault(const char* variable, const std::string& value)
{
    ::setenv(variable, value.c_str(), 0);
}

// OpenBLAS 0.3.21 does not know AMD's processors with AVX-512 and gives them AVX2 products: a training step
// took 1.3 to 1.65 times as long.
void preferWideProducts()
{
#ifdef __x86_64__
    if (__builtin_cpu_is("amd") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        setDefault("OPENBLAS_CORETYPE", "SKYLAKEX");
#endif
}

bool loadGlobally(const std::string& path)
{
    return ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
}

} // namespace

void prepareOpenMp(int threads)
{
    setDefault("OMP_NUM_THREADS", std::to_string(threads > 0 ? threads : physicalCores()));
    if (!std::getenv("OMP_WAIT_POLICY"))
        setDefault("GOMP_SPINCOUNT", kSpinCount);
}

void loadBlas()
{
    preferWideProducts();
    const char* given = std::getenv("LENS_BLAS");
    if (given && std::strcmp(given, "system") == 0)
        return;
    if (given && *given) {
        loadGlobally(given);
        return;
    }
    // Its name inside is libblas.so.3: what LibTorch asks for by that name later is then this one.
    const std::string folder = std::string("/usr/lib/") + kTriplet + "/openblas-openmp/";
    if (loadGlobally(folder + "libblas.so.3"))
        loadGlobally(folder + "liblapack.so.3");
}

int runInEngine(const std::string& command, const std::vector<std::string>& words)
{
    const auto path = engineLibrary();
    if (path.empty())
        throw Error("liblens_engine.so is missing", programFolder().string(), "install Training Lens again");
    void* library = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_GLOBAL);
    if (!library)
        throw Error(std::string("cannot be loaded: ") + ::dlerror(), path.string());
    const auto run = reinterpret_cast<EngineEntry>(::dlsym(library, kEngineEntryName));
    if (!run)
        throw Error("is not the engine of this version", path.string());
    std::vector<const char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(word.c_str());
    return run(command.c_str(), static_cast<int>(pointers.size()), pointers.data());
}

} // namespace lens
