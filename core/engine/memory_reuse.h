// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How the process treats freed memory. A training step frees and asks again for the same large blocks;
// handing them back to the kernel each time cost a fifth of a step of the demo.
#pragma once

namespace lens {

// Keeps up to 512 MiB of freed memory in the process. Called once by the commands that compute, before the
// model is loaded; without effect where the C library is not glibc.
void reuseFreedMemory();

} // namespace lens
