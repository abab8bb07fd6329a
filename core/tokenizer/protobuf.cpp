// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/protobuf.h"

#include "core/base/error.h"

#include <bit>

namespace lens {

float ProtobufField::asFloat() const
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value));
}

void ProtobufReader::fail() const
{
    throw Error("is not a protobuf message", m_where + ": byte " + std::to_string(m_at));
}

std::uint64_t ProtobufReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (m_at >= m_bytes.size())
            fail();
        const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80)
            return value;
    }
    fail();
}

std::string_view ProtobufReader::take(std::uint64_t length)
{
    if (length > m_bytes.size() - m_at)
        fail();
    const std::string_view taken = m_bytes.substr(m_at, length);
    m_at += length;
    return taken;
}

std::uint64_t ProtobufReader::fixed(std::size_t length)
{
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char byte : take(length)) {
        value |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
        shift += 8;
    }
    return value;
}

std::optional<ProtobufField> ProtobufReader::next()
{
    if (m_at >= m_bytes.size())
        return std::nullopt;
    const std::uint64_t tag = varint();
    ProtobufField field;
    field.number = static_cast<std::uint32_t>(tag >> 3);
    switch (tag & 7) {
    case 0:
        field.value = varint();
        break;
    case 1:
        field.value = fixed(8);
        break;
    case 2:
        field.bytes = take(varint());
        field.isBytes = true;
        break;
    case 5:
        field.value = fixed(4);
        break;
    default: // groups are not in use
        fail();
    }
    if (field.number == 0)
        fail();
    return field;
}

} // namespace lens
