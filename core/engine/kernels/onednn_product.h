// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// oneDNN's matmul primitive behind a plain face; only onednn_product.cpp includes its headers. What differs
// between oneDNN 2 (Debian 12) and 3 (Debian 13) is in there too.
#pragma once

#include "core/engine/kernels/product.h"

#include <memory>
#include <string>

namespace lens {

// Whether the program was built with it.
bool hasOneDnn();
// Whether bfloat16 products have kernels on this processor (AVX-512 or more).
bool oneDnnKnowsBFloat16();
// "2.6.3"; empty without it.
std::string oneDnnVersion();

class OneDnnProduct {
public:
    // From a cache of the calling thread, or made (0.3 ms). `threads`: how many share the work of a run; 1:
    // the calling one.
    static OneDnnProduct of(const TileShape& shape, int threads);

    // May be called by many threads at once where it was made for one.
    void run(const void* a, const void* b, void* out) const;

private:
    struct Primitive;
    std::shared_ptr<const Primitive> m_primitive;
};

} // namespace lens
