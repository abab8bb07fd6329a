// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/loaded_blas.h"

#include <dlfcn.h>
#include <filesystem>
#include <sstream>

namespace lens {
namespace {

template <typename Function>
Function symbol(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
}

// The file that a symbol of the process comes from.
std::string fileOf(const char* name)
{
    void* address = ::dlsym(RTLD_DEFAULT, name);
    Dl_info info{};
    if (!address || ::dladdr(address, &info) == 0 || !info.dli_fname)
        return {};
    std::error_code code;
    const auto path = std::filesystem::canonical(info.dli_fname, code);
    return code ? std::string(info.dli_fname) : path.string();
}

// openblas_get_config() begins with "OpenBLAS 0.3.21 ".
std::string openBlasName()
{
    using GetConfig = char* (*)();
    const auto config = symbol<GetConfig>("openblas_get_config");
    if (!config)
        return "OpenBLAS";
    std::istringstream words(config());
    std::string name;
    std::string version;
    words >> name >> version;
    return name + " " + version;
}

std::string openBlasThreads()
{
    using GetParallel = int (*)();
    const auto parallel = symbol<GetParallel>("openblas_get_parallel");
    switch (parallel ? parallel() : -1) {
    case 0:
        return "none";
    case 1:
        return "pthread";
    case 2:
        return "OpenMP";
    default:
        return {};
    }
}

} // namespace

std::string LoadedBlas::text() const
{
    if (path.empty())
        return "none";
    return threads.empty() ? name : name + " (" + (threads == "none" ? "one thread" : threads) + ")";
}

LoadedBlas loadedBlas()
{
    LoadedBlas blas;
    blas.path = fileOf("sgemm_");
    if (blas.path.empty())
        return blas;
    const auto isIn = [&](const char* part) { return blas.path.find(part) != std::string::npos; };
    if (isIn("openblas")) { // a LAPACK of OpenBLAS may stand beside another BLAS: the path decides
        blas.name = openBlasName();
        blas.threads = openBlasThreads();
        blas.fast = blas.threads == "OpenMP";
    } else if (isIn("mkl") || (isIn("libtorch") && ::dlsym(RTLD_DEFAULT, "mkl_get_version_string"))) {
        blas.name = "MKL";
        blas.fast = true;
    } else {
        blas.name = isIn("blis") ? "BLIS" : "reference BLAS";
    }
    return blas;
}

} // namespace lens
