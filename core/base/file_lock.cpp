// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file_lock.h"

#include "core/base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace lens {
namespace {

struct flock wholeFile()
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

bool takeFileLock(int descriptor, const std::string& path)
{
    struct flock lock = wholeFile();
    if (::fcntl(descriptor, F_OFD_SETLK, &lock) == 0)
        return true;
    if (errno == EAGAIN || errno == EACCES)
        return false;
    throw systemError("cannot lock", path, errno);
}

bool isFileLocked(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct flock lock = wholeFile();
    const bool held = ::fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::close(descriptor);
    return held;
}

FileLock::FileLock(const std::filesystem::path& path, const std::string& busyText)
    : m_descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
    if (m_descriptor < 0)
        throw systemError("cannot open", path.string(), errno);
    bool taken = false;
    try {
        taken = takeFileLock(m_descriptor, path.string());
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
    if (!taken) {
        ::close(m_descriptor);
        throw Error(busyText, path.string());
    }
}

FileLock::~FileLock()
{
    ::close(m_descriptor);
}

} // namespace lens
