// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The files of a model folder that make its tokenizer, put together as transformers does: tokenizer.json or
// tokenizer.model, tokenizer_config.json with the older files beside it, chat templates in files of their
// own.
#pragma once

#include "core/tokenizer/tokenizer_config.h"

#include <filesystem>
#include <string>

namespace lens {

struct TokenizerFolder {
    std::filesystem::path file; // tokenizer.json, or tokenizer.model where there is none
    bool isSentencePiece = false;
    bool hasConfig = false; // tokenizer_config.json, or one of the older files
    TokenizerConfig config;
};

// Throws Error if neither file is there or another one is malformed.
TokenizerFolder readTokenizerFolder(const std::filesystem::path& folder);

} // namespace lens
