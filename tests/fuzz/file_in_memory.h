// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A file that lies in memory, with a path, for readers that take nothing else. The name matters to readers
// that go by its ending.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lens::fuzz {

class FileInMemory {
public:
    explicit FileInMemory(const std::string& name);
    ~FileInMemory();
    FileInMemory(const FileInMemory&) = delete;
    FileInMemory& operator=(const FileInMemory&) = delete;

    const std::string& path() const { return m_path; }
    // Replaces the content.
    void write(std::string_view bytes);

private:
    int m_descriptor = -1;
    std::filesystem::path m_folder;
    std::string m_path;
};

} // namespace lens::fuzz
