// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Loads what a configuration names: device and threads, model with what is trained, tokenizer, rows. Shared
// by `train`, its dry run and `generate`.
#pragma once

#include "core/config/run_config.h"
#include "core/dataset/dataset.h"
#include "core/engine/model/model.h"
#include "core/engine/train/progress_sink.h"
#include "core/engine/train/sampler.h"
#include "core/run/run_record.h"
#include "core/tokenizer/tokenizer.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace lens {

// "cpu", "cuda:N", or "auto": the first GPU if this LibTorch sees one. Throws Error if it is not there.
at::Device chooseDevice(const std::string& name);
// 0: as the program set them at its start (physical cores). Returns the number in use.
int chooseThreads(int threads);

// The tokenizer of a model folder; nothing if it has neither tokenizer.json nor
// tokenizer.model.
std::optional<Tokenizer> loadTokenizer(const std::filesystem::path& modelFolder);

// The type of a run's base weights. Where the settings leave it open, a run that was started before keeps the
// type that was chosen then (run.json), whatever would be chosen now.
StorageType weightTypeOf(const RunConfig& config, const std::optional<RunRecord>& record);

// The model with what is trained chosen: a fresh adapter, `start_from`, all weights (random ones if the
// folder has only a config.json), or what a checkpoint folder holds.
Model loadTrainedModel(const RunConfig& config, const std::optional<std::filesystem::path>& checkpoint,
                       ProgressSink& progress);

// Throws Error "stopped" once goOn() says no.
Dataset loadRows(const RunConfig& config, const Tokenizer* tokenizer, ProgressSink& progress,
                 const std::function<bool()>& goOn);

// Throws Error where the rows have an id that the model does not know, or more tokens than it has positions.
void requireFittingRows(const Dataset& data, const Model& model);

// Stops at what generation_config.json names and at what ends an answer in this form.
Sampler makeSampler(const std::filesystem::path& modelFolder, const Tokenizer* tokenizer,
                    const PromptForm& form);

} // namespace lens
