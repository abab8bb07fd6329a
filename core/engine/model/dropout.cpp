// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/dropout.h"

#include <ATen/ATen.h>

namespace lens {

at::Tensor drawnStays(const at::Tensor& x, double rate, at::Generator& generator)
{
    return at::empty(x.sizes(), x.options().dtype(at::kBool)).bernoulli_(1 - rate, generator);
}

at::Tensor withDropout(const at::Tensor& x, double rate, at::Generator* generator)
{
    if (!generator || rate <= 0)
        return x;
    return x * drawnStays(x, rate, *generator).to(x.scalar_type()).mul_(1 / (1 - rate));
}

} // namespace lens
