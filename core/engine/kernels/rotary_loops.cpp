// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/rotary_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

template <class T>
void rotateRows(const RotaryRows<T>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t token = first; token < last; ++token) {
        const Compute<T>* cosine = a.cosine.data + token * a.cosine.stride;
        const Compute<T>* sine = a.sine.data + token * a.sine.stride;
        for (std::int64_t head = 0; head < a.heads; ++head) {
            T* low = a.x.data + token * a.x.stride + head * a.headStride;
            T* high = low + a.half;
#pragma omp simd
            for (std::int64_t i = 0; i < a.half; ++i) {
                const Compute<T> x = load(low + i);
                const Compute<T> y = load(high + i);
                const Compute<T> turn = a.sign * sine[i];
                store(low + i, x * cosine[i] - y * turn);
                store(high + i, y * cosine[i] + x * turn);
            }
        }
    }
}

} // namespace

template <InstructionSet kSet, class T>
RotaryLoop<T> rotaryLoop()
{
    return rotateRows<T>;
}

template RotaryLoop<float> rotaryLoop<kThisSet>();
template RotaryLoop<Bfloat16> rotaryLoop<kThisSet>();
template RotaryLoop<double> rotaryLoop<kThisSet>();

} // namespace lens::kernels
