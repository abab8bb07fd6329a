// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How much memory training will take, before a model is loaded: a sum of named terms, from shapes alone. What
// the engine holds is written down here once more; measured peaks are compared with it
// (tests/bench/RESULTS.md).
#pragma once

#include "core/config/run_config.h"
#include "core/model_files/model_config.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace lens {

// A type that weights can have in memory: bytes an element.
struct WeightStorage {
    double matrixBytes = 4;       // of the layers' matrices: float32 4, bfloat16 2, NF4 below
    std::size_t elementBytes = 4; // of embedding, head, norms, biases, and of activations
};

// NF4 with a scale for each 64 numbers: 4 bits and a float32, or (nested) one byte and a float32 for 256
// scales.
inline constexpr double kNf4Bytes = 0.5 + 4.0 / 64;
inline constexpr double kNestedNf4Bytes = 0.5 + (1 + 4.0 / 256) / 64;

// Elements of the matrices in all layers.
std::uint64_t layerMatrixElements(const ModelConfig& config);

// Of the model's safetensors files, read from their headers: vectors and matrices, a tied head once; what was
// quantised before as it stands. Nothing else is loaded (old files of GPT-2 hold masks).
std::uint64_t weightBytesInMemory(const std::filesystem::path& modelFolder, const ModelConfig& config,
                                  const WeightStorage& storage);

// What is trained with, and how much of it goes through the model at once.
struct TrainingLoad {
    std::uint64_t weightBytes = 0;     // frozen weights; 0 where all weights are trained
    std::uint64_t trainedElements = 0; // adapters, modules trained in full
    std::int64_t rank = 0;             // of the adapters, the largest; 0: none
    std::uint64_t tokens = 0;          // of the largest micro-batch
    std::uint64_t trainedTokens = 0;   // targets in it
    std::uint64_t longestRow = 0;
    std::size_t elementBytes = 4;   // of activations: float32 4, bfloat16 2
    bool dequantised = false;       // matrices are made from NF4 where they are needed
    bool attentionScores = false;   // the probabilities are kept: attention without a kernel of its own
    std::uint64_t programBytes = 0; // of the program without a model: kProgramBytes, or a device's context
};

// Bytes.
struct MemoryEstimate {
    std::uint64_t weights = 0;
    std::uint64_t adapters = 0;    // values, gradient, optimizer and the monitor's copies of what is trained
    std::uint64_t activations = 0; // kept for the backward pass
    std::uint64_t layer = 0;       // what one layer needs while it is worked on
    std::uint64_t loss = 0;        // a piece of the logits, and the gradient that comes from the head
    std::uint64_t program = 0;

    // The loss is done before the first layer's backward pass begins: the larger of the two counts.
    std::uint64_t total() const;
};

// Of the engine with its libraries, their buffers and the products that oneDNN compiles, on the CPU: what was
// measured beside the other terms in steps of SmolLM-135M (LibTorch 1.13.1, two threads); 173 MiB before the
// first step.
inline constexpr std::uint64_t kProgramBytes = std::uint64_t{270} << 20;
// Of the logits of one piece of head and loss: whole multiples of so many tokens
// (core/engine/model/head_loss.cpp).
inline constexpr std::uint64_t kLossPieceElements = std::uint64_t{13} << 19;
inline constexpr std::uint64_t kLossPieceRows = 128;

// `recompute`: of each layer only its input is kept.
MemoryEstimate estimateMemory(const ModelConfig& config, const TrainingLoad& load, bool recompute);

// Whether layers are recomputed. Auto: only if the estimate without it takes more than three quarters of what
// is available to the whole process (MemAvailable, or a device's free memory, with what the process holds
// already) and recomputing takes less.
bool chooseRecompute(Recompute setting, const MemoryEstimate& off, const MemoryEstimate& on,
                     std::uint64_t availableBytes);

} // namespace lens
