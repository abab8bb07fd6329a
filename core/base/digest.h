// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Checksums: CRC-32 for rows and manifests, SHA-256 for fingerprints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace lens {

// zlib's CRC-32.
std::uint32_t crc32Of(std::span<const std::byte> bytes, std::uint32_t seed = 0);
std::uint32_t crc32OfFile(const std::filesystem::path& path);

// Lower-case hexadecimal SHA-256.
std::string sha256Of(std::span<const std::byte> bytes);
std::string sha256OfFile(const std::filesystem::path& path);

// SHA-256 over the size, the first and last 64 KiB, and 64 evenly spaced 64 KiB blocks: tells files apart in
// milliseconds; a full hash is only made where a manifest or an upload needs one.
std::string fingerprintOfFile(const std::filesystem::path& path);

} // namespace lens
