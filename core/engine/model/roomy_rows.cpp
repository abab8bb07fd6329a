// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>

namespace lens {
namespace {

constexpr std::int64_t kRowBytes = 64;

} // namespace

at::Tensor roomyEmpty(std::int64_t rows, std::int64_t width, std::int64_t room,
                      const at::TensorOptions& options)
{
    const at::AutoDispatchBelowADInplaceOrView plain;
    const auto bytes =
        static_cast<std::int64_t>(c10::elementSize(c10::typeMetaToScalarType(options.dtype())));
    const std::int64_t step = kRowBytes / bytes;
    const std::int64_t stride = (width + room + step - 1) / step * step;
    return at::empty({rows, stride}, options.requires_grad(c10::nullopt))
        .as_strided({rows, width}, {stride, 1});
}

bool hasRoom(const at::Tensor& x, std::int64_t room)
{
    const auto bytes = static_cast<std::size_t>(x.size(0) * x.stride(0)) * x.element_size();
    return x.dim() == 2 && x.stride(1) == 1 && x.storage_offset() == 0 && x.stride(0) >= x.size(1) + room &&
           x.storage().nbytes() >= bytes;
}

at::Tensor withRoom(const at::Tensor& x, std::int64_t room)
{
    return x.as_strided({x.size(0), x.size(1) + room}, {x.stride(0), 1}, x.storage_offset());
}

} // namespace lens
