// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/linear.h"

#include "core/engine/model/dora_branch.h"

#include <ATen/ATen.h>

namespace lens {

at::Tensor Linear::matrix() const
{
    if (quantised)
        return quantised->dequantised(quantisedType);
    return inputMajor ? weight.t() : weight;
}

at::Tensor Linear::forward(const at::Tensor& x, const AdapterPass& pass) const
{
    if (!lora || !pass.active)
        return at::linear(x, matrix(), bias);
    const at::Tensor tokens = x.reshape({-1, x.size(-1)});
    const DropoutMask mask = DropoutMask::drawn(tokens, lora->dropout, pass.dropout);
    // A trained bias is added by itself: autograd sees it then.
    const bool trainsBias = bias.defined() && bias.requires_grad();
    const FrozenBase base{matrix(), trainsBias ? at::Tensor() : bias};
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = outFeatures();
    const bool isDora = lora->magnitude.defined();
    const at::Tensor y = (isDora ? doraForward : loraForward)(tokens, base, *lora, mask).view(shape);
    return trainsBias ? y + bias : y;
}

} // namespace lens
