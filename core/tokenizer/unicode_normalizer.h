// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// NFC, NFD, NFKC and NFKD with origins: the text is normalised in the smallest stretches that do not touch
// each other, and each changed stretch is the origin of what it became. Hugging Face's tables are those of
// Unicode 9 (measured over all code points): younger characters stay as they are and part the text.
#pragma once

#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/unicode_sets.h"

#include <optional>
#include <string_view>

namespace lens {

struct NormalizationForm {
    bool compose = false;
    bool compatible = false;
};

// Of "NFC", "NFD", "NFKC", "NFKD"; nothing for another name.
std::optional<NormalizationForm> normalizationFormOf(std::string_view name);

bool isAscii(std::string_view text);

class UnicodeNormalizer final : public NormalizerStage {
public:
    explicit UnicodeNormalizer(NormalizationForm form) : m_form(form) {}
    bool changes(std::string_view text) const override;
    void apply(const Piece& in, MatchScratch& match, AlignedText& out) const override;

private:
    bool beginsStretch(char32_t codePoint) const;
    void normalizeStretch(const Piece& in, std::size_t from, std::size_t to, AlignedText& out) const;
    NormalizationForm m_form;
    CodePointSet m_known = assignedInUnicode9();
};

} // namespace lens
