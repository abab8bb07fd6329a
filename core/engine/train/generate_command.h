// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The body of `generate`: continues prompts with a run's newest (or best) adapter, an adapter folder, or a
// model.
#pragma once

#include "core/engine/train/progress_sink.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lens {

struct GenerateCommand {
    // One of runFolder, adapterFolder, modelFolder is given; modelFolder may stand beside adapterFolder,
    // where the base that the adapter names is not to be found.
    std::filesystem::path runFolder;
    std::filesystem::path adapterFolder;
    std::filesystem::path modelFolder;
    std::optional<std::uint64_t> checkpoint; // of the run; absent: the newest
    bool best = false;                       // of the run: the checkpoint with the least evaluation loss
    std::optional<std::string> prompt;       // absent: one prompt per line of standard input
    int maxNewTokens = 64;
    double temperature = 0; // 0: greedy
    std::uint64_t seed = 0;
    bool baseOnly = false; // without the adapter
    bool compare = false;  // both: with the adapter and without it
    bool chat = false;     // of a model or adapter folder: the prompt is a user's message
    bool json = false;     // one JSON object a prompt on its own line: "prompt" and "adapter" and/or "base"
    int threads = 0;       // 0: physical cores
};

// Generated text (or the JSON lines) goes to progress.text(). Returns an exit code; throws Error.
int runGenerate(const GenerateCommand& command, ProgressSink& progress);

} // namespace lens
