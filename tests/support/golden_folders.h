// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The reference results that tests go through: every folder of the right form below the places that the
// environment names, or else below the project's own and the shared ones. Nothing is listed by name.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens::test {

struct GoldenEntries {
    std::vector<std::filesystem::path> paths; // sorted; of two with the same name both
    std::string missing;                      // why there are none: no place exists. A test skips with it.
};

// Model folders: those with a config.json. $LENS_GOLDEN_MODELS; default: tests/data/models, then
// ../shared/golden/models.
GoldenEntries goldenModels();
// Tokenizer folders: those with cases.json, sp_cases.json or tiny.json. $LENS_GOLDEN_TOKENIZERS; default:
// tests/data/tokenizers, then ../shared/golden/tokenizers.
GoldenEntries goldenTokenizers();
// NAME.cases.json files beside their NAME.jinja. $LENS_GOLDEN_CHAT_TEMPLATES; default:
// tests/data/chat_templates, then ../shared/golden/chat_templates.
GoldenEntries goldenChatTemplates();

// Where a model's golden.safetensors and train_batches.safetensors stand: in its own folder, or for a second
// form of the same weights ("llama_sharded", "llama_v5") in the neighbour whose name is the beginning of its.
std::optional<std::filesystem::path> goldenResultsOf(const std::filesystem::path& model);

// The adapter folders of a model: those with lora_golden.safetensors.
std::vector<std::filesystem::path> goldenAdapters(const std::filesystem::path& model);

} // namespace lens::test
