// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/user_paths.h"

#include <cstdlib>
#include <pwd.h>
#include <string>
#include <unistd.h>

namespace lens {
namespace {

// An XDG variable counts only if it is an absolute path, as the specification says.
std::filesystem::path baseFolder(const char* variable, const char* fallback)
{
    const char* value = std::getenv(variable);
    if (value && std::filesystem::path(value).is_absolute())
        return std::filesystem::path(value) / "training-lens";
    return homeFolder() / fallback / "training-lens";
}

} // namespace

std::filesystem::path homeFolder()
{
    if (const char* home = std::getenv("HOME"); home && *home)
        return home;
    const passwd* entry = ::getpwuid(::getuid());
    return entry ? entry->pw_dir : "/";
}

std::filesystem::path dataFolder()
{
    return baseFolder("XDG_DATA_HOME", ".local/share");
}

std::filesystem::path defaultLibrary()
{
    return dataFolder() / "runs";
}

std::filesystem::path cacheFolder()
{
    return baseFolder("XDG_CACHE_HOME", ".cache");
}

std::filesystem::path expandUser(const std::filesystem::path& path)
{
    const std::string text = path.string();
    if (text == "~")
        return homeFolder();
    return text.starts_with("~/") ? homeFolder() / text.substr(2) : path;
}

} // namespace lens
