// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The tensors and texts of one checkpoint: what was trained (PEFT layout or a model folder), optimizer,
// gradient, states. Writing is atomic; reading brings a run back bit for bit.
#pragma once

#include "core/checkpoint/checkpoint_state.h"
#include "core/checkpoint/manifest.h"
#include "core/checkpoint/trainer_state.h"
#include "core/config/run_config.h"
#include "core/engine/model/model.h"
#include "core/engine/train/gradient_monitor.h"
#include "core/engine/train/optimizer.h"

#include <filesystem>

namespace lens {

struct CheckpointContents {
    const Model& model;
    const AdamW& optimizer;
    const GradientMonitor& gradient;
    const CheckpointState& state;
    const TrainerState& trainerState;
    Method method = Method::Lora;
    // Goes into base_model_name_or_path; for Method::Full the tokenizer files are copied from there.
    std::filesystem::path modelFolder;
};

// Publishes <checkpointsFolder>/checkpoint-<step>. Throws Error and leaves no trace if anything fails.
Manifest writeCheckpoint(const std::filesystem::path& checkpointsFolder, const CheckpointContents& contents);

// Reads optimizer.safetensors and gradient.safetensors into the parts of a model whose parameters were
// loaded from the same folder. Throws Error naming every tensor that is missing or misshapen.
void readOptimizer(const std::filesystem::path& checkpointFolder, const ParameterBuffer& parameters,
                   AdamW& optimizer);
void readGradient(const std::filesystem::path& checkpointFolder, const ParameterBuffer& parameters,
                  GradientMonitor& gradient);

} // namespace lens
