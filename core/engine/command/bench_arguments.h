// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The words of `bench`, and the variants they ask for: each is measured in a process of its own, so that
// one's memory and caches are not another's.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/command/arguments.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

// What a step is made of and how.
struct BenchVariant {
    StorageType dtype = StorageType::BFloat16;
    Recompute recompute = Recompute::Auto;
    bool packing = true;
    std::int64_t rows = 4;
    std::int64_t length = 256;
    // Instead of packing: this many rows are padded to their longest, and every position of them goes through
    // the head; 0: all rows of the step together.
    std::optional<std::int64_t> paddedBatch;
};

enum class BenchMonitor { On, Off, Both };

struct BenchCommand {
    std::string preset;               // or
    std::filesystem::path model;      // a folder
    std::filesystem::path writeModel; // not empty: nothing is measured, the preset is written there
    bool realLengths = false;
    std::int64_t tokensPerStep = 4096; // with realLengths
    double answers = 1;                // share of a row's tokens that is trained, at its end
    int rank = 16;
    int threads = 0; // 0: physical cores
    int steps = 5;
    BenchMonitor monitor = BenchMonitor::Both;
    std::string device = "auto";
    bool json = false;
    std::vector<BenchVariant> variants; // at least one
};

// Throws UsageError with all that is wrong.
BenchCommand benchCommandOf(const Arguments& arguments);

// Throws Error if the command names a model folder that cannot be used.
void requireModel(const BenchCommand& command);

// The words after "bench" that ask for one variant of a command alone, as JSON.
std::vector<std::string> wordsOf(const BenchCommand& command, const BenchVariant& variant);

} // namespace lens
