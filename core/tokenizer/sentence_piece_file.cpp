// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/sentence_piece_file.h"

#include "core/base/error.h"
#include "core/tokenizer/protobuf.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/vocabulary_problems.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lens {
namespace {

using Piece = SentencePieceFile::Piece;
using Type = SentencePieceFile::Type;

Piece pieceOf(std::string_view bytes, const std::string& where)
{
    Piece piece;
    ProtobufReader reader(bytes, where);
    while (const auto field = reader.next()) {
        if (field->number == 1)
            piece.text = field->bytes;
        else if (field->number == 2)
            piece.score = field->asFloat();
        else if (field->number == 3 && (field->value < 1 || field->value > 6))
            throw Error("the piece type " + std::to_string(field->value) + " is not known", where,
                        "known: 1 to 6");
        else if (field->number == 3)
            piece.type = static_cast<Type>(field->value);
    }
    return piece;
}

void readTrainer(std::string_view bytes, SentencePieceFile& file, const std::string& where)
{
    ProtobufReader reader(bytes, where);
    while (const auto field = reader.next()) {
        if (field->number == 3 && field->value != 1 && field->value != 2)
            throw Error("the model type " + std::to_string(field->value) + " is not known",
                        where + ": trainer_spec.model_type", "known: 1 (unigram), 2 (BPE)");
        if (field->number == 3)
            file.isBpe = field->value == 2;
        else if (field->number == 24)
            file.whitespaceAsSuffix = field->value != 0;
        else if (field->number == 35)
            file.byteFallback = field->value != 0;
        else if (field->number == 44)
            file.unknownSurface = field->bytes;
    }
}

void readNormalizer(std::string_view bytes, SentencePieceFile& file, const std::string& where)
{
    ProtobufReader reader(bytes, where);
    while (const auto field = reader.next()) {
        if (field->number == 2)
            file.charsMap = field->bytes;
        else if (field->number == 3)
            file.addDummyPrefix = field->value != 0;
        else if (field->number == 4)
            file.removeExtraWhitespaces = field->value != 0;
        else if (field->number == 5)
            file.escapeWhitespaces = field->value != 0;
    }
}

void refuseDenormalizer(std::string_view bytes, const std::string& where)
{
    ProtobufReader reader(bytes, where);
    while (const auto field = reader.next()) {
        if (field->number == 2 && !field->bytes.empty())
            throw Error("a map for decoded text is not known",
                        where + ": denormalizer_spec.precompiled_charsmap");
    }
}

// As SentencePiece does when it loads a model.
void checkPieces(SentencePieceFile& file, const std::string& where)
{
    VocabularyProblems problems;
    std::array<bool, 256> found{};
    for (std::size_t i = 0; i < file.pieces.size(); ++i) {
        const Piece& piece = file.pieces[i];
        const auto refuse = [&](const char* what) {
            problems.add({what, where + ": pieces[" + std::to_string(i) + "]", ""});
        };
        if (piece.text.empty())
            refuse("the piece is empty");
        if (firstInvalidUtf8(piece.text) < piece.text.size())
            refuse("the piece is not UTF-8");
        if (!std::isfinite(piece.score))
            refuse("the score is not a number");
        if (piece.type == Type::Unused && file.isBpe)
            refuse("pieces of type UNUSED are not known in BPE models");
        if (piece.type == Type::Unknown) {
            if (file.unknown != kNoToken)
                refuse("there is an unknown piece already");
            file.unknown = static_cast<TokenId>(i);
        }
        if (piece.type != Type::Byte)
            continue;
        const auto byte = byteOfToken(piece.text);
        if (byte && piece.text.find_first_of("abcdef") == std::string::npos)
            found[static_cast<unsigned char>(*byte)] = true;
        else
            refuse("a byte piece is not of the form <0x0A>");
        if (!file.byteFallback)
            refuse("a byte piece stands in a model without byte_fallback");
    }
    problems.throwIfAny(where);
    if (file.unknown == kNoToken)
        throw Error("there is no unknown piece", where);
    if (file.byteFallback && std::find(found.begin(), found.end(), false) != found.end())
        throw Error("there are not 256 byte pieces, but byte_fallback is set", where);
}

} // namespace

SentencePieceFile parseSentencePiece(std::string_view bytes, const std::string& where)
{
    SentencePieceFile file;
    ProtobufReader reader(bytes, where);
    while (const auto field = reader.next()) {
        if (field->number == 1) {
            if (file.pieces.size() > static_cast<std::size_t>(kMaxTokenId))
                throw Error("there are more than " + std::to_string(kMaxTokenId) + " pieces", where);
            file.pieces.push_back(pieceOf(field->bytes, where));
        } else if (field->number == 2) {
            readTrainer(field->bytes, file, where);
        } else if (field->number == 3) {
            readNormalizer(field->bytes, file, where);
        } else if (field->number == 5) {
            refuseDenormalizer(field->bytes, where);
        }
    }
    if (file.pieces.empty())
        throw Error("there are no pieces", where);
    checkPieces(file, where);
    return file;
}

} // namespace lens
