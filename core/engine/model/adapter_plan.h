// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which parts of a decoder an adapter's settings train, found and checked before anything is changed. Used
// when an adapter is attached; knows nothing of values.
#pragma once

#include "core/engine/model/decoder.h"
#include "core/engine/model/model.h"
#include "core/model_files/lora_config.h"

#include <string>
#include <vector>

namespace lens {

struct PlannedModule {
    Linear* linear = nullptr;
    int rank = 0;
    double scale = 0;
};

// A tensor of the base model that is trained itself: of modules_to_save, or a bias.
struct PlannedTensor {
    std::string key; // in the adapter's file
    WeightSlot slot;
};

struct AdapterPlan {
    std::vector<PlannedModule> modules; // sorted by path
    std::vector<PlannedTensor> tensors;
    // Of the last adapted module of the model: what PEFT's fan_in_fan_out ends up as.
    bool inputMajor = false;
};

// All tensors of the model: the slots of the decoder, and the head of a tied model as a tensor of its own.
std::vector<WeightSlot> slotsWithHead(Decoder& decoder);

// Throws Error naming what the settings name and this model does not have, or what cannot be adapted.
// `source` names the settings.
AdapterPlan planAdapter(const LoraConfig& config, Decoder& decoder, const std::string& source);

// Last parts of paths that mean just the planned modules as a list of targets; full paths where there are no
// such.
std::vector<std::string> targetNames(const AdapterPlan& plan, const LoraConfig& config, Decoder& decoder);

// "base_model.model." + path: how PEFT names a module in an adapter's file.
std::string peftPath(const std::string& path);

// "q_proj"
std::string lastPart(const std::string& path);

} // namespace lens
