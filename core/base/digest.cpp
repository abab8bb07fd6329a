// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/digest.h"

#include "core/base/error.h"
#include "core/base/mapped_file.h"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <zlib.h>

namespace lens {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::size_t kBlockCount = 64;

class Sha256 {
public:
    Sha256() : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1)
            throw Error("SHA-256 is not available in this OpenSSL");
    }
    void add(std::span<const std::byte> bytes)
    {
        EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
    }
    std::string hex()
    {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        EVP_DigestFinal_ex(m_context.get(), digest, &length);
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += "0123456789abcdef"[digest[i] >> 4];
            text += "0123456789abcdef"[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

} // namespace

std::uint32_t crc32Of(std::span<const std::byte> bytes, std::uint32_t seed)
{
    return static_cast<std::uint32_t>(
        ::crc32_z(seed, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint32_t crc32OfFile(const std::filesystem::path& path)
{
    return crc32Of(MappedFile(path).bytes());
}

std::string sha256Of(std::span<const std::byte> bytes)
{
    Sha256 sha;
    sha.add(bytes);
    return sha.hex();
}

std::string sha256OfFile(const std::filesystem::path& path)
{
    return sha256Of(MappedFile(path).bytes());
}

std::string fingerprintOfFile(const std::filesystem::path& path)
{
    const MappedFile file(path);
    const std::span<const std::byte> bytes = file.bytes();
    const std::uint64_t size = bytes.size();
    Sha256 sha;
    sha.add(std::as_bytes(std::span(&size, 1)));
    if (size <= (kBlockCount + 2) * kBlockBytes) {
        sha.add(bytes);
        return sha.hex();
    }
    sha.add(bytes.first(kBlockBytes));
    for (std::size_t i = 0; i < kBlockCount; ++i)
        sha.add(bytes.subspan((size - kBlockBytes) / kBlockCount * i, kBlockBytes));
    sha.add(bytes.last(kBlockBytes));
    return sha.hex();
}

} // namespace lens
