// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The normalizers of tokenizer.json that clean text up in fixed ways: "Nmt", "Precompiled" and the parts of
// "BertNormalizer".
#pragma once

#include "core/tokenizer/normalizer.h"

#include <memory>

namespace lens {

// Control characters go, blanks of all kinds become U+0020.
std::unique_ptr<NormalizerStage> nmtCleaner();

// BertNormalizer's clean_text, handle_chinese_chars, and the marks that strip_accents takes away behind NFD.
std::unique_ptr<NormalizerStage> bertCleaner();
std::unique_ptr<NormalizerStage> chineseSpacer();
std::unique_ptr<NormalizerStage> bertAccentStripper();

// SentencePiece's map of characters ("precompiled_charsmap", in base64) as Hugging Face's library applies it:
// cluster by cluster, and only what is not found so character by character. Throws Error if it is malformed.
std::unique_ptr<NormalizerStage> precompiledMap(const JsonPart& part);

} // namespace lens
