// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// SentencePiece's normalisation: its map of characters, blanks, and ▁ for them; texts that its user defined
// stay as they are.
#pragma once

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/chars_map.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/sentence_piece_file.h"

namespace lens {

class SentencePieceNormalizer final : public NormalizerStage {
public:
    // TextBegin: as transformers does it, not where the text begins with a blank.
    enum class Prefix { Never, EveryPiece, TextBegin };
    // Throws Error if the file's map of characters is malformed.
    SentencePieceNormalizer(const SentencePieceFile& file, Prefix prefix, const std::string& where);

    void apply(const Piece& in, MatchScratch& match, AlignedText& out) const override;

private:
    struct Unit {
        std::size_t length = 0; // of the text it stands for
        std::string_view content;
        bool changed = false;
    };
    Unit unitAt(std::string_view text, std::size_t at) const;
    void append(const Piece& in, std::size_t at, const Unit& unit, std::string_view content,
                AlignedText& out) const;
    std::size_t leadingBlanks(std::string_view text) const;

    CharsMap m_map;
    ByteTrie m_userDefined;
    Prefix m_prefix;
    std::string_view m_blank; // what a blank becomes
    bool m_removeExtra;
    bool m_prefixAtEnd;
};

} // namespace lens
