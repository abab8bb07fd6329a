// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/nf4.h"

#include <algorithm>
#include <cmath>

namespace lens {

const std::array<float, 16> kNf4Levels = {
    -1.0f,
    -0.6961928009986877f,
    -0.5250730514526367f,
    -0.39491748809814453f,
    -0.28444138169288635f,
    -0.18477343022823334f,
    -0.09105003625154495f,
    0.0f,
    0.07958029955625534f,
    0.16093020141124725f,
    0.24611230194568634f,
    0.33791524171829224f,
    0.44070982933044434f,
    0.5626170039176941f,
    0.7229568362236023f,
    1.0f,
};

const std::array<float, 256>& dynamicMap()
{
    static const std::array<float, 256> map = [] {
        std::array<float, 256> values{};
        std::size_t count = 0;
        for (int e = 0; e < 7; ++e) {
            const int parts = 1 << e;
            const double power = std::pow(10.0, e - 6);
            for (int part = 0; part < parts; ++part) {
                const auto value = static_cast<float>(power * (0.1 + 0.9 * (part + 0.5) / parts));
                values[count++] = value;
                values[count++] = -value;
            }
        }
        values[count++] = 0;
        values[count++] = 1;
        std::sort(values.begin(), values.end());
        return values;
    }();
    return map;
}

} // namespace lens
