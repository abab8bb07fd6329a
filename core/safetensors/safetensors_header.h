// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The header of a safetensors file, read from untrusted bytes and written. For use inside this folder and
// where a header must be looked at without a file (browser, tests).
#pragma once

#include "core/safetensors/safetensors.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace lens {

inline constexpr std::size_t kMaxSafetensorsHeader = 100'000'000; // bytes, as the reference implementation

struct SafetensorsHeader {
    std::map<std::string, TensorEntry> tensors;
    std::map<std::string, std::string> metadata;
};

// Checks everything: length field, JSON, duplicate names, types, shapes, ranges, overlaps, holes, and that
// shape × type is the number of bytes. Throws Error with all faults; `where` is the file's name in them.
SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> file, const std::string& where);

// Length field and JSON, padded with spaces so that the data starts at a multiple of 8. Tensors follow in the
// given order. Throws Error for a name given twice, a reserved name, or bytes that do not fit shape × type.
std::string writeSafetensorsHeader(const std::vector<TensorToWrite>& tensors,
                                   const std::map<std::string, std::string>& metadata);
// The same before there are any bytes.
std::string safetensorsHeader(const std::vector<TensorForm>& tensors,
                              const std::map<std::string, std::string>& metadata);

} // namespace lens
