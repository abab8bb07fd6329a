// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/tensor_list.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace lens {

DType dtypeOfTensor(const at::Tensor& tensor)
{
    switch (tensor.scalar_type()) {
    case at::kDouble:
        return DType::F64;
    case at::kFloat:
        return DType::F32;
    case at::kHalf:
        return DType::F16;
    case at::kBFloat16:
        return DType::BF16;
    case at::kLong:
        return DType::I64;
    default:
        throw Error("tensors of this type are not written", c10::toString(tensor.scalar_type()));
    }
}

void TensorList::add(const std::string& name, const at::Tensor& tensor)
{
    m_tensors.emplace_back(name, tensor.detach().cpu().contiguous());
}

void TensorList::write(const std::filesystem::path& path) const
{
    std::vector<TensorToWrite> list;
    for (const auto& [name, tensor] : m_tensors)
        list.push_back({name,
                        dtypeOfTensor(tensor),
                        tensor.sizes().vec(),
                        {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()}});
    writeSafetensors(path, list, {{"format", "pt"}});
}

} // namespace lens
