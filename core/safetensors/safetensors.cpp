// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/safetensors/safetensors.h"

#include "core/base/error.h"
#include "core/safetensors/safetensors_header.h"

#include <algorithm>
#include <array>

namespace lens {
namespace {

struct TypeRow {
    std::string_view name;
    std::size_t bytes;
};

// In the order of DType.
constexpr std::array<TypeRow, 15> kTypes{{{"F64", 8},
                                          {"F32", 4},
                                          {"F16", 2},
                                          {"BF16", 2},
                                          {"I64", 8},
                                          {"I32", 4},
                                          {"I16", 2},
                                          {"I8", 1},
                                          {"U8", 1},
                                          {"U16", 2},
                                          {"U32", 4},
                                          {"U64", 8},
                                          {"BOOL", 1},
                                          {"F8_E4M3", 1},
                                          {"F8_E5M2", 1}}};

} // namespace

std::string_view dtypeName(DType type)
{
    return kTypes[static_cast<std::size_t>(type)].name;
}

std::size_t dtypeBytes(DType type)
{
    return kTypes[static_cast<std::size_t>(type)].bytes;
}

std::optional<DType> dtypeOf(std::string_view name)
{
    const auto found =
        std::find_if(kTypes.begin(), kTypes.end(), [name](const TypeRow& row) { return row.name == name; });
    if (found == kTypes.end())
        return std::nullopt;
    return static_cast<DType>(found - kTypes.begin());
}

std::int64_t TensorEntry::elements() const
{
    // The header's check bounds the product of the others only where none is 0.
    if (std::find(shape.begin(), shape.end(), 0) != shape.end())
        return 0;
    std::int64_t product = 1;
    for (const std::int64_t size : shape)
        product *= size;
    return product;
}

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path) : m_path(path), m_file(path)
{
    SafetensorsHeader header = readSafetensorsHeader(m_file.bytes(), path.string());
    m_tensors = std::move(header.tensors);
    m_metadata = std::move(header.metadata);
}

const TensorEntry& SafetensorsFile::at(const std::string& name) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end())
        throw Error("has no tensor named " + name, m_path.string());
    return found->second;
}

} // namespace lens
