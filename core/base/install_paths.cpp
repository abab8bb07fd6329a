// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/install_paths.h"

#include <cstdlib>
#include <initializer_list>
#include <unistd.h>

namespace lens {
namespace {

std::filesystem::path fromEnvironment(const char* variable)
{
    const char* value = std::getenv(variable);
    return value ? std::filesystem::path(value) : std::filesystem::path();
}

// The first that exists, else empty.
std::filesystem::path firstOf(std::initializer_list<std::filesystem::path> candidates)
{
    std::error_code code;
    for (const auto& path : candidates)
        if (std::filesystem::exists(path, code))
            return path.lexically_normal();
    return {};
}

} // namespace

std::filesystem::path programFolder()
{
    std::error_code code;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
    return code ? std::filesystem::current_path(code) : program.parent_path();
}

std::filesystem::path resourceFolder()
{
    if (const auto given = fromEnvironment("LENS_RESOURCES"); !given.empty())
        return given;
    const auto installed = firstOf({programFolder() / "../share/training-lens"});
    return installed.empty() ? std::filesystem::path(LENS_SOURCE_RESOURCES) : installed;
}

std::filesystem::path engineProgram()
{
    if (const auto given = fromEnvironment("LENS_ENGINE"); !given.empty())
        return given;
    const auto here = programFolder();
    return firstOf({here / "training-lens-engine", here / "../bin/training-lens-engine",
                    here / "../libexec/training-lens/training-lens-engine"});
}

std::filesystem::path engineLibrary()
{
    if (const auto given = fromEnvironment("LENS_ENGINE_LIBRARY"); !given.empty())
        return given;
    // From <prefix>/bin and from <prefix>/libexec/training-lens.
    const auto here = programFolder();
    constexpr const char* kName = "liblens_engine.so";
    return firstOf({here / "../lib" / kName, here / ".." / LENS_INSTALL_LIBDIR / "training-lens" / kName,
                    here / "../.." / LENS_INSTALL_LIBDIR / "training-lens" / kName});
}

} // namespace lens
