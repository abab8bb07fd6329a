// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// safetensors files: header checked completely before anything is used, data memory-mapped; and a writer that
// is atomic. Format: 8-byte little-endian header length, JSON header, data.
#pragma once

#include "core/base/mapped_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, U16, U32, U64, Bool, F8E4M3, F8E5M2 };

std::string_view dtypeName(DType type); // "F32", "BF16" …
std::size_t dtypeBytes(DType type);
// The type of that name in a header, nothing if there is none.
std::optional<DType> dtypeOf(std::string_view name);

struct TensorEntry {
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes; // into the map; little-endian, row-major

    std::int64_t elements() const;
};

class SafetensorsFile {
public:
    // Throws Error naming every fault of the header (lengths, ranges, overlaps, holes, unknown types, shape ×
    // type ≠ bytes).
    explicit SafetensorsFile(const std::filesystem::path& path);

    const std::map<std::string, TensorEntry>& tensors() const { return m_tensors; }
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    // Throws Error naming the file if there is no such tensor.
    const TensorEntry& at(const std::string& name) const;
    void releasePages() const { m_file.releasePages(); } // MappedFile's

private:
    std::filesystem::path m_path;
    MappedFile m_file;
    std::map<std::string, TensorEntry> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

// Writes name → (type, shape, bytes) in the given order, atomically; `metadata` becomes __metadata__. The
// bytes must stay alive during the call only.
struct TensorToWrite {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};
void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                      const std::map<std::string, std::string>& metadata = {});

// What a tensor will be, before its bytes exist.
struct TensorForm {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> shape;

    // Throws Error naming the tensor if the product does not fit.
    std::uint64_t byteCount() const;
};

// The same for tensors that are too large to be in memory together: their forms first, then their bytes in
// that order, in pieces of any size. Until commit() the file does not exist; a stream that is destroyed
// before leaves nothing behind.
class SafetensorsStream {
public:
    SafetensorsStream(const std::filesystem::path& path, const std::vector<TensorForm>& tensors,
                      const std::map<std::string, std::string>& metadata = {});
    ~SafetensorsStream();
    SafetensorsStream(const SafetensorsStream&) = delete;
    SafetensorsStream& operator=(const SafetensorsStream&) = delete;

    // Throws Error on a full disk, and if more bytes come than the forms have.
    void write(std::span<const std::byte> bytes);
    // Throws Error if bytes are missing.
    void commit();

private:
    class PendingFile;
    std::unique_ptr<PendingFile> m_file;
    std::filesystem::path m_path;
    std::uint64_t m_missing = 0; // bytes still to come
};

} // namespace lens
