// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/nf4_blocks.h"

#include "core/engine/kernels/nf4.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lens {
namespace {

std::uint16_t bfloat16Bits(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

template <typename T>
T converted(float value)
{
    if constexpr (sizeof(T) == sizeof(float))
        return value;
    else
        return bfloat16Bits(value);
}

template <typename T>
void plain(const std::uint8_t* codes, const float* scales, std::int64_t count, std::int64_t block, T* out)
{
    for (std::int64_t begin = 0; begin < count; begin += block) {
        T table[16];
        for (std::size_t i = 0; i < 16; ++i)
            table[i] = converted<T>(kNf4Levels[i] * *scales);
        ++scales;
        for (std::int64_t i = begin; i < begin + block; i += 2) {
            const std::uint8_t pair = codes[i / 2];
            out[i] = table[pair >> 4];
            out[i + 1] = table[pair & 15];
        }
    }
}

#if defined(__x86_64__)

#define LENS_AVX2 __attribute__((target("avx2")))
#define LENS_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

// The 16 levels times a scale, in two halves.
struct HalfTables {
    __m256 low, high;
};

LENS_AVX2 inline HalfTables scaledLevels(float scale)
{
    const __m256 scales = _mm256_set1_ps(scale);
    return {_mm256_mul_ps(_mm256_loadu_ps(kNf4Levels.data()), scales),
            _mm256_mul_ps(_mm256_loadu_ps(kNf4Levels.data() + 8), scales)};
}

// Bit 3 of a code chooses the half: shifted into the sign it drives the blend.
LENS_AVX2 inline __m256 lookedUp(const HalfTables& table, __m256i codes)
{
    return _mm256_blendv_ps(_mm256_permutevar8x32_ps(table.low, codes),
                            _mm256_permutevar8x32_ps(table.high, codes),
                            _mm256_castsi256_ps(_mm256_slli_epi32(codes, 28)));
}

LENS_AVX2 void toFloatAvx2(const std::uint8_t* codes, const float* scales, std::int64_t count,
                           std::int64_t block, float* out)
{
    const __m256i lowBits = _mm256_set1_epi32(15);
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const HalfTables table = scaledLevels(*scales++);
        for (std::int64_t i = begin; i < begin + block; i += 16) {
            const __m256i pairs =
                _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes + i / 2)));
            const __m256 first = lookedUp(table, _mm256_srli_epi32(pairs, 4));
            const __m256 second = lookedUp(table, _mm256_and_si256(pairs, lowBits));
            const __m256 a = _mm256_unpacklo_ps(first, second); // values 0–3 and 8–11
            const __m256 b = _mm256_unpackhi_ps(first, second); // values 4–7 and 12–15
            _mm256_storeu_ps(out + i, _mm256_permute2f128_ps(a, b, 0x20));
            _mm256_storeu_ps(out + i + 8, _mm256_permute2f128_ps(a, b, 0x31));
        }
    }
}

// Low and high bytes of the 16 levels times a scale as bfloat16.
struct ByteTables {
    __m128i low, high;
};

LENS_AVX2 inline __m256i roundedBits(__m256 values)
{
    const __m256i bits = _mm256_castps_si256(values);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    return _mm256_srli_epi32(_mm256_add_epi32(_mm256_add_epi32(bits, _mm256_set1_epi32(0x7fff)), odd), 16);
}

LENS_AVX2 inline ByteTables bfloat16Tables(float scale)
{
    const HalfTables table = scaledLevels(scale);
    // 16-bit numbers in order: packing works within halves of a register.
    const __m256i words =
        _mm256_permute4x64_epi64(_mm256_packus_epi32(roundedBits(table.low), roundedBits(table.high)), 0xd8);
    const __m128i a = _mm256_castsi256_si128(words);
    const __m128i b = _mm256_extracti128_si256(words, 1);
    const __m128i lowBytes = _mm_set1_epi16(255);
    return {_mm_packus_epi16(_mm_and_si128(a, lowBytes), _mm_and_si128(b, lowBytes)),
            _mm_packus_epi16(_mm_srli_epi16(a, 8), _mm_srli_epi16(b, 8))};
}

LENS_AVX2 inline void storeLookedUp(const ByteTables& table, __m128i codes, std::uint16_t* out)
{
    const __m128i low = _mm_shuffle_epi8(table.low, codes);
    const __m128i high = _mm_shuffle_epi8(table.high, codes);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_unpacklo_epi8(low, high));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 8), _mm_unpackhi_epi8(low, high));
}

LENS_AVX2 void toBFloat16Avx2(const std::uint8_t* codes, const float* scales, std::int64_t count,
                              std::int64_t block, std::uint16_t* out)
{
    const __m128i lowBits = _mm_set1_epi8(15);
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const ByteTables table = bfloat16Tables(*scales++);
        for (std::int64_t i = begin; i < begin + block; i += 32) {
            const __m128i pairs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + i / 2));
            const __m128i first = _mm_and_si128(_mm_srli_epi16(pairs, 4), lowBits);
            const __m128i second = _mm_and_si128(pairs, lowBits);
            storeLookedUp(table, _mm_unpacklo_epi8(first, second), out + i);
            storeLookedUp(table, _mm_unpackhi_epi8(first, second), out + i + 16);
        }
    }
}

LENS_AVX512 inline __m512 scaledLevels512(float scale)
{
    return _mm512_mul_ps(_mm512_loadu_ps(kNf4Levels.data()), _mm512_set1_ps(scale));
}

LENS_AVX512 void toFloatAvx512(const std::uint8_t* codes, const float* scales, std::int64_t count,
                               std::int64_t block, float* out)
{
    // Lane 2i of a result is the first code of byte i, lane 2i + 1 the second.
    const __m512i shifts = _mm512_set1_epi64(0x0000000000000004); // 4, 0, 4, 0 …
    const __m512i lowBits = _mm512_set1_epi32(15);
    const __m512i twiceLow = _mm512_set_epi32(7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0);
    const __m512i twiceHigh = _mm512_set_epi32(15, 15, 14, 14, 13, 13, 12, 12, 11, 11, 10, 10, 9, 9, 8, 8);
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const __m512 table = scaledLevels512(*scales++);
        for (std::int64_t i = begin; i < begin + block; i += 32) {
            const __m512i pairs =
                _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + i / 2)));
            const __m512i a = _mm512_srlv_epi32(_mm512_permutexvar_epi32(twiceLow, pairs), shifts);
            const __m512i b = _mm512_srlv_epi32(_mm512_permutexvar_epi32(twiceHigh, pairs), shifts);
            _mm512_storeu_ps(out + i, _mm512_permutexvar_ps(_mm512_and_si512(a, lowBits), table));
            _mm512_storeu_ps(out + i + 16, _mm512_permutexvar_ps(_mm512_and_si512(b, lowBits), table));
        }
    }
}

LENS_AVX512 void toBFloat16Avx512(const std::uint8_t* codes, const float* scales, std::int64_t count,
                                  std::int64_t block, std::uint16_t* out)
{
    const __m512i lowBits = _mm512_set1_epi32(15);
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const __m512i bits = _mm512_castps_si512(scaledLevels512(*scales++));
        const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
        const __m512i rounded =
            _mm512_srli_epi32(_mm512_add_epi32(_mm512_add_epi32(bits, _mm512_set1_epi32(0x7fff)), odd), 16);
        const __m512i table = _mm512_broadcast_i64x4(_mm512_cvtepi32_epi16(rounded));
        for (std::int64_t i = begin; i < begin + block; i += 32) {
            const __m512i pairs =
                _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + i / 2)));
            // The two codes of each byte, in the two 16-bit halves of its lane.
            const __m512i indices = _mm512_or_si512(_mm512_srli_epi32(pairs, 4),
                                                    _mm512_slli_epi32(_mm512_and_si512(pairs, lowBits), 16));
            _mm512_storeu_si512(out + i, _mm512_permutexvar_epi16(indices, table));
        }
    }
}

#endif

} // namespace

Nf4Functions nf4Functions(kernels::InstructionSet set)
{
#if defined(__x86_64__)
    if (set == kernels::InstructionSet::Avx512)
        return {toFloatAvx512, toBFloat16Avx512};
    if (set == kernels::InstructionSet::Avx2)
        return {toFloatAvx2, toBFloat16Avx2};
#else
    static_cast<void>(set);
#endif
    return {plain<float>, plain<std::uint16_t>};
}

} // namespace lens
