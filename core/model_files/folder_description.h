// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a folder holds, told from its contents (never from its name): a model, an adapter, or neither. Reads
// configuration files and safetensors headers only. For the form, the browser and the checks before a start.
#pragma once

#include "core/base/error.h"
#include "core/model_files/lora_config.h"
#include "core/model_files/model_config.h"
#include "core/safetensors/safetensors.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

enum class FolderKind { Other, Model, Adapter };

struct FolderDescription {
    FolderKind kind = FolderKind::Other;
    // Why it cannot be used here, all of it; empty for a model or adapter that can. For Other: what is
    // missing.
    std::vector<Problem> problems;
    // What is wrong with the weights alone: training from scratch needs none.
    std::vector<Problem> weightProblems;

    // Of a model; of one that cannot be used, as far as its config.json is understood.
    std::string family; // "llama", also of families that are not supported
    std::int64_t layers = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t vocabularySize = 0;
    std::int64_t contextLength = 0;
    bool tiedEmbeddings = false;
    bool hasTokenizer = false;         // tokenizer.json or tokenizer.model
    bool hasChatTemplate = false;      // in tokenizer_config.json or a file of its own
    std::optional<ModelConfig> config; // of a model that can be used

    // Of an adapter.
    std::string baseModel;             // as the adapter names it: a hub id or a path of any machine
    std::optional<LoraConfig> adapter; // of one that can be used

    // Of the weights: numbers in all tensors, how most of them are stored ("bfloat16", "nf4"), bytes of the
    // files.
    std::int64_t parameters = 0;
    std::string storage;
    std::uintmax_t weightBytes = 0;
};

// Never throws for what stands in the folder; everything wrong is in `problems` and
// `weightProblems`.
FolderDescription describeFolder(const std::filesystem::path& folder);

// "bfloat16" for DType::BF16 and so on, as transformers writes it.
std::string storageName(DType type);

} // namespace lens
