// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/line_reader.h"

#include "core/base/error.h"

#include <cerrno>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 16;

} // namespace

LineReader::LineReader(int descriptor, std::string name, std::function<void()> beforeWaiting)
    : m_descriptor(descriptor)
    , m_name(std::move(name))
    , m_beforeWaiting(std::move(beforeWaiting))
{
}

std::string LineReader::where() const
{
    return m_name + ":" + std::to_string(m_line);
}

bool LineReader::next(std::string_view& line)
{
    std::size_t end = m_buffer.find('\n', m_scanned);
    while (end == std::string::npos && !m_ended) {
        m_scanned = m_buffer.size();
        if (readMore())
            end = m_buffer.find('\n', m_scanned);
    }
    if (end == std::string::npos && m_begin == m_buffer.size())
        return false;
    ++m_line;
    const bool closed = end != std::string::npos;
    line = std::string_view(m_buffer).substr(m_begin, (closed ? end : m_buffer.size()) - m_begin);
    if (closed && line.ends_with('\r'))
        line.remove_suffix(1);
    m_begin = closed ? end + 1 : m_buffer.size();
    m_scanned = m_begin;
    return true;
}

// Waits for more bytes; false at the end.
bool LineReader::readMore()
{
    if (m_begin > 0) {
        m_buffer.erase(0, m_begin);
        m_scanned -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() > kMaxLine)
        throw Error("a line is longer than 1 GiB", m_name + ":" + std::to_string(m_line + 1));
    m_beforeWaiting();
    const std::size_t before = m_buffer.size();
    m_buffer.resize(before + kReadBytes);
    ssize_t got = 0;
    do {
        got = ::read(m_descriptor, m_buffer.data() + before, kReadBytes);
    } while (got < 0 && errno == EINTR);
    m_buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0)
        throw systemError("cannot read", m_name, errno);
    m_ended = got == 0;
    return got > 0;
}

} // namespace lens
