// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Changes protobuf messages so that most of them stay protobuf: fields inserted, copied, removed, exchanged,
// and their values changed, in messages inside of the message too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lens::fuzz {

// At most `maxSize` bytes. Bytes that are no message are changed byte by byte.
std::string mutatedProtobuf(std::string_view bytes, std::size_t maxSize, unsigned seed);

} // namespace lens::fuzz
