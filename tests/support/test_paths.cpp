// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/support/test_paths.h"

#include "core/base/ids.h"

#include <cstdlib>

namespace lens::test {

std::filesystem::path sourceFolder()
{
    return LENS_SOURCE_DIR;
}

std::filesystem::path dataFolder()
{
    return sourceFolder() / "tests/data";
}

std::filesystem::path buildFolder()
{
    return LENS_BINARY_DIR;
}

std::optional<std::filesystem::path> goldenFolder()
{
    const char* given = std::getenv("LENS_GOLDEN");
    const std::filesystem::path folder =
        given ? std::filesystem::path(given) : sourceFolder() / "../shared/golden";
    std::error_code code;
    if (!std::filesystem::is_directory(folder, code))
        return std::nullopt;
    return std::filesystem::canonical(folder);
}

TemporaryFolder::TemporaryFolder()
    : m_path(std::filesystem::temp_directory_path() / ("lens-test-" + randomHex(6)))
{
    std::filesystem::create_directories(m_path);
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code code;
    std::filesystem::remove_all(m_path, code);
}

} // namespace lens::test
