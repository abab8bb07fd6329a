// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/process_memory.h"

#include <array>
#include <charconv>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace lens {
namespace {

std::optional<double> numberAfter(std::string_view text, std::string_view label)
{
    std::size_t begin = text.find(label);
    if (begin == std::string_view::npos)
        return std::nullopt;
    begin = text.find_first_of("0123456789", begin + label.size());
    if (begin == std::string_view::npos)
        return std::nullopt;
    std::uint64_t value = 0;
    std::from_chars(text.data() + begin, text.data() + text.size(), value);
    return static_cast<double>(value);
}

std::string_view readInto(int descriptor, std::array<char, 4096>& buffer)
{
    const ssize_t count = descriptor < 0 ? 0 : ::pread(descriptor, buffer.data(), buffer.size(), 0);
    return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

} // namespace

ProcessMemoryReader::ProcessMemoryReader()
    : m_statm(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC))
    , m_status(::open("/proc/self/status", O_RDONLY | O_CLOEXEC))
{
}

ProcessMemoryReader::~ProcessMemoryReader()
{
    ::close(m_statm);
    ::close(m_status);
}

ProcessMemory ProcessMemoryReader::read() const
{
    std::array<char, 4096> buffer;
    ProcessMemory memory;
    // statm: total and resident size in pages.
    if (const auto pages = numberAfter(readInto(m_statm, buffer), " "))
        memory.residentBytes = *pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
    if (const auto kibibytes = numberAfter(readInto(m_status, buffer), "VmHWM:"))
        memory.residentPeakBytes = *kibibytes * 1024;
    return memory;
}

} // namespace lens
