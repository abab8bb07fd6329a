// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A tensor of whole numbers in a safetensors file (token ids, masks, labels), read number by number.
#pragma once

#include "core/safetensors/safetensors.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lens {

class IntegerTensor {
public:
    // The file must outlive this. Throws Error ("FILE: NAME") if there is no such tensor or it is neither
    // I64 nor I32.
    IntegerTensor(const SafetensorsFile& file, const std::string& name, const std::string& where);

    const std::vector<std::int64_t>& shape() const { return m_entry->shape; }
    // index < product of the shape.
    std::int64_t at(std::size_t index) const;

private:
    const TensorEntry* m_entry;
};

} // namespace lens
