// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Work on many rows by all processors.
#pragma once

#include <cstddef>
#include <functional>

namespace lens {

// Calls work(0) … work(count − 1), each once, on several threads at once, and waits for all. If some throw,
// the exception of the smallest index is thrown.
void parallelFor(std::size_t count, const std::function<void(std::size_t)>& work);

} // namespace lens
