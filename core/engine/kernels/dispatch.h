// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// From tensors to loops: checked views of a storage type, the loops of the processor, threads over rows. For
// the .cpp files of this folder.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>

namespace lens::kernels {

// Throws Error unless x is (rows, width) of that type with unit stride in the last dimension. `what` names
// the operand.
void checkRows(const at::Tensor& x, std::int64_t rows, std::int64_t width, at::ScalarType type,
               const char* what);
// Throws Error unless x is (elements), contiguous, of that type.
void checkFlat(const at::Tensor& x, std::int64_t elements, at::ScalarType type, const char* what);
[[noreturn]] void failType(at::ScalarType type);

template <class T>
constexpr at::ScalarType scalarTypeOf();
template <>
constexpr at::ScalarType scalarTypeOf<float>()
{
    return at::kFloat;
}
template <>
constexpr at::ScalarType scalarTypeOf<double>()
{
    return at::kDouble;
}
template <>
constexpr at::ScalarType scalarTypeOf<Bfloat16>()
{
    return at::kBFloat16;
}

// The rows of x (2-D or more; the first dimension counts). Null of an undefined tensor.
template <class T>
Rows<T> rowsOf(const at::Tensor& x)
{
    if (!x.defined())
        return {nullptr, 0};
    return {static_cast<T*>(x.data_ptr()), x.stride(0)};
}

template <class T>
T* flatOf(const at::Tensor& x)
{
    return x.defined() ? static_cast<T*>(x.data_ptr()) : nullptr;
}

// visit.operator()<T>() with the storage type of a tensor.
template <class Visit>
void withType(at::ScalarType type, Visit visit)
{
    switch (type) {
    case at::kFloat:
        return visit.template operator()<float>();
    case at::kBFloat16:
        return visit.template operator()<Bfloat16>();
    case at::kDouble:
        return visit.template operator()<double>();
    default:
        failType(type);
    }
}

// visit.operator()<InstructionSet>() with the one to use.
template <class Visit>
auto withSet(Visit visit)
{
#ifdef LENS_X86_KERNELS
    switch (currentSet()) {
    case InstructionSet::Avx512:
        return visit.template operator()<InstructionSet::Avx512>();
    case InstructionSet::Avx2:
        return visit.template operator()<InstructionSet::Avx2>();
    case InstructionSet::Baseline:
        break;
    }
#endif
    return visit.template operator()<InstructionSet::Baseline>();
}

// work(first, last) over rows, in pieces of at least 32 Ki elements.
template <class Work>
void overRows(std::int64_t rows, std::int64_t width, const Work& work)
{
    constexpr std::int64_t kElements = std::int64_t{1} << 15;
    at::parallel_for(0, rows, std::max<std::int64_t>(1, kElements / std::max<std::int64_t>(1, width)), work);
}

} // namespace lens::kernels
