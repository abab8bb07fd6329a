// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which BLAS the products of this process really go to. LibTorch on Debian links the generic interface, and
// whichever library answers first is used: between the slowest and the fastest lies a factor of 40.
#pragma once

#include <string>

namespace lens {

struct LoadedBlas {
    std::string path;         // of the library that sgemm_ comes from; empty: none is loaded
    std::string name;         // "OpenBLAS 0.3.21", "MKL", "BLIS", "reference BLAS"
    std::string threads;      // "OpenMP", "pthread", "none"; empty: unknown
    bool fast = false;        // OpenBLAS with OpenMP, or MKL: made for this
    std::string text() const; // "OpenBLAS 0.3.21 (OpenMP)"
};

LoadedBlas loadedBlas();

} // namespace lens
