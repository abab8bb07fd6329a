// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/journal.h"

#include "core/base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::size_t kMaxLineBytes = 16u << 20;

bool endsWithoutNewline(int descriptor)
{
    struct stat status {};
    char last = '\n';
    return ::fstat(descriptor, &status) == 0 && status.st_size > 0 &&
           ::pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

} // namespace

JournalWriter::JournalWriter(const std::filesystem::path& path, std::uint64_t reserveBytes)
    : m_path(path)
    , m_descriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644))
    , m_reserveBytes(reserveBytes)
{
    if (m_descriptor < 0)
        throw systemError("cannot open", path.string(), errno);
    if (endsWithoutNewline(m_descriptor) && ::write(m_descriptor, "\n", 1) != 1) {
        const int problem = errno;
        ::close(m_descriptor);
        throw systemError("cannot write", path.string(), problem);
    }
    reserve();
}

JournalWriter::~JournalWriter()
{
    ::close(m_descriptor);
}

void JournalWriter::reserve()
{
    struct stat status {};
    // A refusal (full disk, file system without fallocate) is no error here: append() reports a real one.
    if (m_reserveBytes > 0 && ::fstat(m_descriptor, &status) == 0)
        (void)::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, status.st_size,
                          static_cast<off_t>(m_reserveBytes));
}

void JournalWriter::append(const Json& record, bool sync)
{
    const std::string line = (m_torn ? "\n" : "") + toJsonLine(record) + "\n";
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t count = ::write(m_descriptor, line.data() + done, line.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            m_torn = m_torn || done > 0;
            throw systemError("cannot write", m_path.string(), errno);
        }
        done += static_cast<std::size_t>(count);
    }
    m_torn = false;
    if (sync && ::fdatasync(m_descriptor) != 0)
        throw systemError("cannot flush to disk", m_path.string(), errno);
    reserve();
}

JournalReader::JournalReader(std::filesystem::path path) : m_path(std::move(path)) {}

std::vector<Json> JournalReader::readNew()
{
    const int descriptor = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {};
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && static_cast<std::uint64_t>(status.st_size) < m_offset)
        m_offset = 0;
    std::string text;
    char block[1 << 16];
    ssize_t count = 0;
    auto position = static_cast<off_t>(m_offset);
    while ((count = ::pread(descriptor, block, sizeof block, position)) > 0) {
        text.append(block, static_cast<std::size_t>(count));
        position += count;
    }
    ::close(descriptor);

    std::vector<Json> records;
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
        if (end == begin)
            continue;
        Json record = end - begin > kMaxLineBytes
                          ? Json(Json::value_t::discarded)
                          : Json::parse(text.data() + begin, text.data() + end, nullptr, false);
        if (record.is_object())
            records.push_back(std::move(record));
        else
            ++m_unreadable;
    }
    m_offset += begin;
    return records;
}

std::vector<Json> readJournal(const std::filesystem::path& path)
{
    return JournalReader(path).readNew();
}

} // namespace lens
