// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/quantised_weight.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <bit>
#include <cmath>

namespace lens {
namespace {

constexpr std::int64_t kLeastBlock = 32;
constexpr std::int64_t kLargestBlock = 4096;

bool isBlock(std::int64_t size)
{
    return size >= kLeastBlock && size <= kLargestBlock &&
           std::has_single_bit(static_cast<std::uint64_t>(size));
}

std::int64_t parts(std::int64_t count, std::int64_t size)
{
    return (count + size - 1) / size;
}

// One rule for each tensor: type, size, finite numbers.
void require(const at::Tensor& tensor, at::ScalarType type, std::int64_t size, const char* name,
             const std::string& where)
{
    const std::string subject = std::string("its ") + name;
    if (!tensor.defined() || tensor.scalar_type() != type || tensor.dim() != 1 || !tensor.is_contiguous())
        throw Error(subject + " is no list of the type that NF4 needs", where);
    if (tensor.numel() != size)
        throw Error(subject + " has " + std::to_string(tensor.numel()) + " numbers, NF4 needs " +
                        std::to_string(size),
                    where);
    if (at::isFloatingType(type) && !tensor.isfinite().all().item<bool>())
        throw Error(subject + " holds a value that is no finite number", where);
}

} // namespace

QuantisedWeight::QuantisedWeight(std::int64_t outFeatures, std::int64_t inFeatures, at::ScalarType stored,
                                 Nf4Tensors tensors, const std::string& where)
    : m_out(outFeatures)
    , m_in(inFeatures)
    , m_stored(stored)
    , m_tensors(std::move(tensors))
{
    std::int64_t count = 0;
    if (m_out < 1 || m_in < 1 || __builtin_mul_overflow(m_out, m_in, &count))
        throw Error("is of a shape that cannot be quantised", where);
    if (!isBlock(m_tensors.block) || !isBlock(m_tensors.nestedBlock))
        throw Error("has blocks of a size that is not known", where, "known: powers of two from 32 to 4096");
    const std::int64_t blocks = parts(count, m_tensors.block);
    const bool nested = m_tensors.nestedAbsmax.defined();
    require(m_tensors.codes, at::kByte, parts(count, 2), "list of codes", where);
    require(m_tensors.absmax, nested ? at::kByte : at::kFloat, blocks, "absmax", where);
    if (!nested)
        return;
    require(m_tensors.nestedAbsmax, at::kFloat, parts(blocks, m_tensors.nestedBlock), "nested_absmax", where);
    require(m_tensors.nestedMap, at::kFloat, 256, "nested_quant_map", where);
    if (!std::isfinite(m_tensors.offset) || !nf4Scales(m_tensors).isfinite().all().item<bool>())
        throw Error("its nested_offset leads to scales that are no finite numbers", where);
}

QuantisedWeight QuantisedWeight::of(const at::Tensor& weight, bool nested, at::Device device,
                                    const std::string& where)
{
    return QuantisedWeight(weight.size(0), weight.size(1), weight.scalar_type(),
                           quantiseNf4(weight, nested, where), where)
        .to(device);
}

std::int64_t QuantisedWeight::bytes() const
{
    std::size_t sum = 0;
    for (const at::Tensor& tensor :
         {m_tensors.codes, m_tensors.absmax, m_tensors.nestedAbsmax, m_tensors.nestedMap})
        sum += tensor.defined() ? tensor.nbytes() : 0;
    return static_cast<std::int64_t>(sum);
}

QuantisedWeight QuantisedWeight::to(at::Device device) const
{
    QuantisedWeight moved = *this;
    for (at::Tensor* tensor : {&moved.m_tensors.codes, &moved.m_tensors.absmax, &moved.m_tensors.nestedAbsmax,
                               &moved.m_tensors.nestedMap})
        if (tensor->defined())
            *tensor = tensor->to(device);
    return moved;
}

void QuantisedWeight::dequantiseInto(const at::Tensor& view) const
{
    if (view.dim() != 2 || view.size(0) != m_out || view.size(1) != m_in)
        throw Error("a weight of another shape was asked for", "quantised weight");
    dequantiseNf4(m_tensors, view);
}

at::Tensor QuantisedWeight::dequantised(at::ScalarType type) const
{
    const at::Tensor matrix = at::empty({m_out, m_in}, m_tensors.codes.options().dtype(type));
    dequantiseInto(matrix);
    return matrix;
}

} // namespace lens
