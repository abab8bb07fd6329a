// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The adapter of a PEFT folder: its settings and tensors, whichever version of PEFT wrote the names. Also
// what a PiSSA run keeps beside it: the factors it began with.
#pragma once

#include "core/engine/model/low_rank.h"
#include "core/engine/model/model.h"
#include "core/engine/model/parameter_buffer.h"
#include "core/model_files/lora_config.h"
#include "core/safetensors/safetensors.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens {

inline constexpr const char* kInitialAdapterWeights = "initial_adapter.safetensors";
inline constexpr const char* kInitialAdapterConfig = "initial_adapter_config.json";

// The name that this program writes for a tensor of an adapter's file: without an adapter's name in it
// (".lora_A.default.weight", ".modules_to_save.default.weight").
std::string canonicalKey(const std::string& key);

class AdapterFile {
public:
    // Throws Error naming everything that cannot be used.
    explicit AdapterFile(const std::filesystem::path& adapterFolder);

    // Of a PiSSA run: rank and alpha of the adapter that is trained, not of the plain one of twice the rank
    // that is written.
    const LoraConfig& config() const { return m_config; }

    // Copies the tensors (float32, bfloat16 or float16) into the buffer. Throws Error naming every missing,
    // misshapen and extra tensor. Biases of "lora_only" may be missing: PEFT before 0.17 did not write them.
    void fill(ParameterBuffer& buffer, BiasTraining bias) const;

    // Weights of adapted modules that PEFT saved along (it does for embeddings and heads among the targets),
    // by path: they stand in for the base's.
    std::map<std::string, at::Tensor> baseWeights(const std::vector<AdaptedModule>& modules) const;

    // What the run began with; nothing where the folder does not tell.
    std::optional<LowRankFactors> initialFactors(const AdaptedModule& module) const;

private:
    const TensorEntry* entryFor(const ParameterSlice& slice) const;

    std::filesystem::path m_folder;
    LoraConfig m_config;
    std::optional<SafetensorsFile> m_file;
    std::optional<SafetensorsFile> m_initial;
    std::map<std::string, const TensorEntry*> m_tensors; // by canonical key
};

} // namespace lens
