// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_lock.h"

#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/base/json.h"
#include "core/base/process.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::size_t kMaxLockText = 4096;
constexpr std::size_t kOwnerBytes = 256;

LockHolder readHolder(int descriptor)
{
    LockHolder holder;
    struct stat status {};
    if (::fstat(descriptor, &status) == 0)
        holder.heartbeat =
            static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) * 1e-9;
    std::string text(kMaxLockText, '\0');
    const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return holder;
    const auto number = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
    };
    holder.pid = static_cast<std::int64_t>(number("pid"));
    holder.processStart = number("process_start");
    const auto host = json.find("host");
    if (host != json.end() && host->is_string())
        holder.host = host->get<std::string>();
    return holder;
}

Error heldError(const LockHolder& holder, const std::filesystem::path& lockFile)
{
    const std::string who =
        holder.pid > 0 ? "process " + std::to_string(holder.pid) + " on " + holder.host : "another process";
    return Error("in use by " + who, lockFile.parent_path().string(),
                 "wait until it has ended, or stop it first");
}

void writeOwner(int descriptor, const std::filesystem::path& lockFile)
{
    const Json owner = {{"pid", static_cast<std::uint64_t>(ownPid())},
                        {"process_start", processStart(ownPid()).value_or(0)},
                        {"host", hostName()}};
    // Always of one length and written at once, so that a reader sees the old owner or the new one, never
    // neither.
    std::string text = toJsonLine(owner);
    text.resize(std::max(text.size(), kOwnerBytes - 1), ' ');
    text += '\n';
    const auto bytes = static_cast<ssize_t>(text.size());
    if (::pwrite(descriptor, text.data(), text.size(), 0) != bytes || ::ftruncate(descriptor, bytes) != 0)
        throw systemError("cannot write", lockFile.string(), errno);
}

} // namespace

RunLock::RunLock(const std::filesystem::path& lockFile)
    : m_descriptor(::open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
    if (m_descriptor < 0)
        throw systemError("cannot open", lockFile.string(), errno);
    try {
        if (!takeFileLock(m_descriptor, lockFile.string()))
            throw heldError(readHolder(m_descriptor), lockFile);
        writeOwner(m_descriptor, lockFile);
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
}

RunLock::~RunLock()
{
    ::close(m_descriptor); // closing releases the lock
}

void RunLock::beat()
{
    // A heartbeat that could not be written harms nobody: the lock itself is the proof.
    (void)::futimens(m_descriptor, nullptr);
}

std::optional<LockHolder> lockHolder(const std::filesystem::path& lockFile)
{
    if (!isFileLocked(lockFile))
        return std::nullopt;
    const int descriptor = ::open(lockFile.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return std::nullopt;
    const LockHolder holder = readHolder(descriptor);
    ::close(descriptor);
    return holder;
}

bool isSameProcess(const LockHolder& holder)
{
    return holder.pid > 0 && holder.processStart > 0 && holder.host == hostName() &&
           processStart(holder.pid) == holder.processStart;
}

} // namespace lens
