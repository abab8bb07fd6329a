// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Fields of a protobuf message, one after the other (https://protobuf.dev/programming-guides/encoding). The
// bytes are untrusted: nothing is read beyond them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

struct ProtobufField {
    std::uint32_t number = 0;
    std::uint64_t value = 0; // of a number
    std::string_view bytes;  // of a text or message
    bool isBytes = false;

    float asFloat() const; // of a 32-bit number
};

class ProtobufReader {
public:
    ProtobufReader(std::string_view bytes, const std::string& where) : m_bytes(bytes), m_where(where) {}

    // The next field; nothing at the end. Throws Error if the bytes are no protobuf message.
    std::optional<ProtobufField> next();

private:
    std::uint64_t varint();
    std::uint64_t fixed(std::size_t length);
    std::string_view take(std::uint64_t length);
    [[noreturn]] void fail() const;

    std::string_view m_bytes;
    const std::string& m_where;
    std::size_t m_at = 0;
};

} // namespace lens
