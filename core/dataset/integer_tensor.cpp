// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/integer_tensor.h"

#include "core/base/error.h"

#include <cstring>

namespace lens {
namespace {

// The bytes need not be aligned.
template <typename T>
T read(const TensorEntry& entry, std::size_t index)
{
    T value;
    std::memcpy(&value, entry.bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

} // namespace

IntegerTensor::IntegerTensor(const SafetensorsFile& file, const std::string& name, const std::string& where)
{
    const auto found = file.tensors().find(name);
    if (found == file.tensors().end())
        throw Error("is missing", where + ": " + name);
    m_entry = &found->second;
    if (m_entry->type != DType::I64 && m_entry->type != DType::I32)
        throw Error("is " + std::string(dtypeName(m_entry->type)) + ", not I64 or I32", where + ": " + name);
}

std::int64_t IntegerTensor::at(std::size_t index) const
{
    return m_entry->type == DType::I64 ? read<std::int64_t>(*m_entry, index)
                                       : read<std::int32_t>(*m_entry, index);
}

} // namespace lens
