// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/fuzz/file_in_memory.h"

#include "tests/fuzz/fuzz_input.h"

#include <sys/mman.h>
#include <unistd.h>

namespace lens::fuzz {

FileInMemory::FileInMemory(const std::string& name) : m_descriptor(::memfd_create(name.c_str(), MFD_CLOEXEC))
{
    std::string folder = (std::filesystem::temp_directory_path() / "lens-fuzz-XXXXXX").string();
    if (m_descriptor < 0 || !::mkdtemp(folder.data()))
        finding("no file in memory: not the input's fault");
    m_folder = folder;
    m_path = (m_folder / name).string();
    const std::string own = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(m_descriptor);
    std::filesystem::create_symlink(own, m_path);
}

FileInMemory::~FileInMemory()
{
    std::error_code code;
    std::filesystem::remove_all(m_folder, code);
    ::close(m_descriptor);
}

void FileInMemory::write(std::string_view bytes)
{
    const auto size = static_cast<ssize_t>(bytes.size());
    if (::ftruncate(m_descriptor, size) != 0 || ::pwrite(m_descriptor, bytes.data(), bytes.size(), 0) != size)
        finding("the file in memory cannot be written: not the input's fault");
}

} // namespace lens::fuzz
