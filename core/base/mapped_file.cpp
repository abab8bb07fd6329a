// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/mapped_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lens {

MappedFile::MappedFile(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        throw systemError("cannot open", path.string(), errno);
    struct stat status {};
    void* address = nullptr;
    bool mapped = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (mapped && status.st_size > 0) {
        address =
            ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
        mapped = address != MAP_FAILED;
    }
    const int problem = errno;
    ::close(descriptor);
    if (!mapped)
        throw S_ISREG(status.st_mode) ? systemError("cannot map", path.string(), problem)
                                      : Error("is not a regular file", path.string());
    m_begin = static_cast<const std::byte*>(address);
    m_size = static_cast<std::size_t>(status.st_size);
}

MappedFile::~MappedFile()
{
    if (m_begin)
        ::munmap(const_cast<std::byte*>(m_begin), m_size);
}

void MappedFile::releasePages() const
{
    if (m_begin)
        ::madvise(const_cast<std::byte*>(m_begin), m_size,
                  MADV_DONTNEED); // a private map that is never written to
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_begin(std::exchange(other.m_begin, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_begin, other.m_begin);
    std::swap(m_size, other.m_size);
    return *this;
}

} // namespace lens
