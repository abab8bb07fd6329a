// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A read-only memory map of a whole file (safetensors, large data files). Move-only.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace lens {

class MappedFile {
public:
    // Throws Error if the file cannot be opened or mapped. An empty file gives an empty span.
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return {m_begin, m_size}; }
    // What was read of the file need not stay in this process's memory; it comes back when it is read again.
    void releasePages() const;

private:
    const std::byte* m_begin = nullptr;
    std::size_t m_size = 0;
};

} // namespace lens
