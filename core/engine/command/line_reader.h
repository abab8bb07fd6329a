// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The lines of a pipe or file as they come, so that a program on the other side gets its answer before it
// sends the next question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace lens {

class LineReader {
public:
    static constexpr std::size_t kMaxLine = std::size_t{1} << 30; // bytes

    // `beforeWaiting` is called whenever all lines that have arrived are handed out: the time to flush what
    // was made of them.
    LineReader(int descriptor, std::string name, std::function<void()> beforeWaiting);

    // The next line without its end ("\n" or "\r\n"); the last one needs no end. False behind the last line.
    // The text lives until the next call. Throws Error if reading fails or a line is longer than kMaxLine.
    bool next(std::string_view& line);
    // "stdin:3" of the line handed out last.
    std::string where() const;

private:
    bool readMore();

    int m_descriptor;
    std::string m_name;
    std::function<void()> m_beforeWaiting;
    std::string m_buffer;
    std::size_t m_begin = 0;   // of what is not handed out yet
    std::size_t m_scanned = 0; // no line ends before this
    std::uint64_t m_line = 0;
    bool m_ended = false;
};

} // namespace lens
