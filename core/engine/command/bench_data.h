// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The rows that `bench` trains on: random ids in rows of one length, or of lengths as real data has them.
#pragma once

#include "core/engine/command/bench_arguments.h"
#include "core/engine/train/batch_source.h"

#include <cstdint>
#include <vector>

namespace lens {

// One step's rows. `window` counts what is computed (with the padding of the padded path), the rest what the
// data holds.
struct BenchWindow {
    Window window;
    std::int64_t tokens = 0;
    std::int64_t trainedTokens = 0;
};

struct BenchData {
    std::vector<TokenRow> rows;
    // The same ids with the targets of the data: those of `rows` are all positions in the padded path.
    std::vector<TokenRow> targets;
    std::vector<BenchWindow> windows;
};

// Log-normal lengths with median 90 and 99 % below 512, at least 4 and at most `longest`.
std::vector<std::int64_t> realLengths(std::size_t count, std::int64_t longest, std::uint64_t seed);

// As many windows as measured steps. `vocabulary`: ids are below it. `longest`: rows are cut there.
BenchData makeBenchData(const BenchCommand& command, const BenchVariant& variant, std::int64_t vocabulary,
                        std::int64_t longest);

} // namespace lens
