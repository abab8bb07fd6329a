// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What every fuzz target shares: an untrusted input is read or refused with lens::Error. Another exception,
// a broken promise, more than a second of processor time or memory out of proportion ends the process, which
// libFuzzer reports with the input.
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace lens::fuzz {

// Ends the process with a message and the stack.
[[noreturn]] void finding(const std::string& what);

inline void require(bool holds, const char* promise)
{
    if (!holds)
        finding(std::string("broken promise: ") + promise);
}

// Watches one input: at most 64 MiB + 1000 bytes a byte of input alive at once (beyond what was alive
// before), at most one second of processor time.
class InputWatch {
public:
    explicit InputWatch(std::size_t inputBytes);
    ~InputWatch();
    InputWatch(const InputWatch&) = delete;
    InputWatch& operator=(const InputWatch&) = delete;

private:
    double m_begin;
};

// read(text), watched. libFuzzer's bytes are copied, so that a step beyond their end is seen.
template <typename Read>
int readOrRefuse(const std::uint8_t* bytes, std::size_t size, Read read)
{
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const InputWatch watch(size);
    try {
        read(std::string_view(text));
    } catch (const Error& error) {
        require(!error.problems().empty() && !error.first().what.empty(), "an Error says what is wrong");
    } catch (const std::exception& error) {
        finding(std::string("not a lens::Error: ") + error.what());
    }
    return 0;
}

} // namespace lens::fuzz
