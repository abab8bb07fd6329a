// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file.h"

#include "core/base/error.h"
#include "core/base/ids.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace lens {
namespace {

// A file descriptor that is closed on every way out.
class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_value; }

private:
    int m_value;
};

void writeAll(int descriptor, std::string_view bytes, const std::string& path)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            throw systemError("cannot write", path, errno);
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

std::string readFile(const std::filesystem::path& path, std::size_t maxBytes)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0)
        throw systemError("cannot open", path.string(), errno);
    if (S_ISDIR(status.st_mode))
        throw Error("is a folder, a file is expected", path.string());
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(status.st_size));
    char block[1 << 16];
    for (;;) {
        const ssize_t count = ::read(file.get(), block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw systemError("cannot read", path.string(), errno);
        if (count == 0)
            return bytes;
        bytes.append(block, static_cast<std::size_t>(count));
        if (bytes.size() > maxBytes)
            throw Error("is larger than " + std::to_string(maxBytes >> 20) + " MiB", path.string());
    }
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes)
{
    std::filesystem::path temporary = path;
    temporary += ".tmp-" + randomHex(4);
    try {
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (file.get() < 0)
            throw systemError("cannot create", temporary.string(), errno);
        writeAll(file.get(), bytes, path.string());
        if (::fsync(file.get()) != 0)
            throw systemError("cannot write", path.string(), errno);
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            throw systemError("cannot rename into place", path.string(), errno);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    syncPath(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

void syncPath(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0 || ::fsync(file.get()) != 0)
        throw systemError("cannot flush to disk", path.string(), errno);
}

void makeFolder(const std::filesystem::path& path)
{
    std::error_code code;
    std::filesystem::create_directories(path, code);
    if (code || !std::filesystem::is_directory(path))
        throw Error("cannot create the folder: " + (code ? code.message() : "a file is in the way"),
                    path.string());
}

std::uintmax_t freeBytes(const std::filesystem::path& path)
{
    std::error_code code;
    std::filesystem::path existing = std::filesystem::absolute(path, code);
    while (!existing.empty() && existing != existing.root_path() && !std::filesystem::exists(existing, code))
        existing = existing.parent_path();
    struct statvfs status {};
    if (::statvfs(existing.c_str(), &status) != 0)
        throw systemError("cannot ask for free space", existing.string(), errno);
    return std::uintmax_t{status.f_bavail} * status.f_frsize;
}

} // namespace lens
