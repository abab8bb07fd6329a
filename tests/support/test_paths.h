// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Where tests find their data.
#pragma once

#include <filesystem>
#include <optional>

namespace lens::test {

// The project's source folder, tests/data in it, and the build folder.
std::filesystem::path sourceFolder();
std::filesystem::path dataFolder();
std::filesystem::path buildFolder();
// The golden results of the real libraries ($LENS_GOLDEN or ../shared/golden). Nothing where they are not
// there: golden tests then QSKIP with that reason; what tests/data holds is always tested.
std::optional<std::filesystem::path> goldenFolder();

// A folder that is removed at the end of the scope.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace lens::test
