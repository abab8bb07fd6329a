// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads a tokenizer.model: SentencePiece's ModelProto (sentencepiece_model.proto), as far as it says how to
// encode. Checks what SentencePiece checks when it loads a model.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct SentencePieceFile {
    enum class Type { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };
    struct Piece {
        std::string text;
        float score = 0;
        Type type = Type::Normal;
    };
    std::vector<Piece> pieces; // by id
    TokenId unknown = -1;

    bool isBpe = false; // else unigram
    bool byteFallback = false;
    bool whitespaceAsSuffix = false;
    std::string unknownSurface = " \xE2\x81\x87 "; // what the unknown token decodes to

    std::string charsMap; // precompiled_charsmap; empty: characters stay as they are
    bool addDummyPrefix = true;
    bool removeExtraWhitespaces = true;
    bool escapeWhitespaces = true;
};

// Throws Error naming what is malformed or not known.
SentencePieceFile parseSentencePiece(std::string_view bytes, const std::string& where);

} // namespace lens
