// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Training and evaluation rows as token ids with a mask of trained tokens.
//
// Files: JSON lines (.jsonl), one JSON list (.json), plain text (.txt, one row a line), token batches
// (.safetensors). The forms of a row, and what each becomes, stand in row_form.h; token batches in
// token_batches.h.
#pragma once

#include "core/base/error.h"
#include "core/config/run_config.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct TokenRow {
    std::vector<TokenId> ids;          // without padding
    std::vector<std::uint8_t> trained; // 1: the token at this position is a target (position 0 never is)
    std::uint64_t sourceLine = 0;      // 1-based line (or row) in the file
    std::uint32_t cutTokens = 0;       // removed by max_length
    std::uint32_t controlTokens = 0;   // special tokens that stand in the text of a message

    std::size_t trainedTokens() const;
};

struct Dataset {
    std::vector<TokenRow> train; // in file order
    std::vector<TokenRow> evaluation;
    // Of the training file; never Auto. Messages for every form that is a conversation.
    DataFormat format = DataFormat::Text;
    // Token batches: rows come in groups of this many, in file order, never shuffled. 0 = free.
    std::size_t fixedBatchRows = 0;
    std::vector<Problem> warnings; // rows cut, rows left out because nothing of them could be trained
    std::uint64_t trainTokens = 0;
    std::uint64_t trainTrainedTokens = 0;
    TokenId largestId = -1; // of all rows; the model's vocabulary must have it
};

// Reads, checks, tokenizes and splits. `tokenizer` may be null for token batches. progress(rowsDone,
// bytesDone/bytesTotal in 0…1) may be empty; returning false cancels, which throws Error too. Throws Error
// with every bad row (the first 100 named, the rest counted), and if no token would be trained. Rows of which
// nothing is trained (the answer lies beyond max_length, is marked as not to be trained, or the chat template
// does not write it) are left out with a warning (token batches keep all rows). Several threads tokenize; the
// result does not depend on how many. The split
// is made from the seed alone: at least one row if evalSplit > 0 and there are two; of token batches the last
// whole batches.
Dataset loadDataset(const DataSettings& settings, const Tokenizer* tokenizer, std::uint64_t seed,
                    const std::function<bool(std::uint64_t, double)>& progress = {});

// One row as it would be trained, for looking at: a JSON object, or a line of plain text.
struct RowPreview {
    DataFormat format = DataFormat::Text;
    std::string text; // as rendered, without the tokenizer's own special tokens
    TokenRow row;
    std::vector<Encoding::Span> spans; // of text, one for each token of row; {0, 0}: not of the text
    std::vector<Problem> warnings;
};
// Throws Error with all that is wrong with the row.
RowPreview previewRow(std::string_view rawRow, const DataSettings& settings, const Tokenizer& tokenizer);

// A prompt as rows of this format write what stands before the answer (a user's turn with the generation
// prompt of the chat template, Alpaca's headings …), with the begin mark and without an end mark.
// `chatTemplate`: data.chat_template. Throws Error if a chat template is needed and refuses.
std::vector<TokenId> encodePrompt(const std::string& prompt, DataFormat format, const Tokenizer& tokenizer,
                                  const std::string& chatTemplate = {});

// The tokens that end an answer: the tokenizer's end mark, and of conversations what the chat template writes
// behind an answer.
std::vector<TokenId> answerEnds(DataFormat format, const Tokenizer& tokenizer,
                                const std::string& chatTemplate = {});

// The order of rows in an epoch: a permutation made from seed and epoch only, the same on every machine.
std::vector<std::uint32_t> epochOrder(std::size_t rows, std::uint64_t seed, std::uint64_t epoch,
                                      bool shuffle);

} // namespace lens
