// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/memory_reuse.h"

#include <cstdlib> // defines __GLIBC__
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace lens {

void reuseFreedMemory()
{
#if defined(__GLIBC__)
    constexpr int kLargestFromHeap = 32 << 20; // bytes; glibc allows no more
    constexpr int kKept = 512 << 20;
    ::mallopt(M_MMAP_THRESHOLD, kLargestFromHeap);
    ::mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

} // namespace lens
