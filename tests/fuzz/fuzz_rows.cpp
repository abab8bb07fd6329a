// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A file of training rows: JSON lines, a JSON list or plain text, read, rendered and encoded as a run would.
#include "core/dataset/dataset.h"
#include "tests/fuzz/file_in_memory.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <array>

namespace {

using lens::DataFormat;

// The file's ending and the format asked for come from the size, so that one text is read in several ways
// while libFuzzer changes its length.
void readRows(std::string_view text)
{
    static const lens::Tokenizer tokenizer = lens::test::byteTokenizer();
    static std::array<lens::fuzz::FileInMemory, 4> files{
        lens::fuzz::FileInMemory("data.jsonl"), lens::fuzz::FileInMemory("data.json"),
        lens::fuzz::FileInMemory("data.txt"), lens::fuzz::FileInMemory("data")};
    constexpr std::array kFormats{DataFormat::Auto,   DataFormat::Messages,         DataFormat::Auto,
                                  DataFormat::Alpaca, DataFormat::PromptCompletion, DataFormat::Text};
    lens::fuzz::FileInMemory& file = files[text.size() % files.size()];
    file.write(text);
    lens::DataSettings settings;
    settings.trainFile = file.path();
    settings.format = kFormats[text.size() / files.size() % kFormats.size()];
    settings.maxLength = 64;
    settings.trainOnPrompt = text.size() % 7 == 0;
    const lens::Dataset dataset = lens::loadDataset(settings, &tokenizer, 1);
    for (const lens::TokenRow& row : dataset.train) {
        lens::fuzz::require(row.ids.size() == row.trained.size() && row.ids.size() <= 64, "a row fits");
        lens::fuzz::require(row.trainedTokens() > 0, "a row trains something");
    }
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    return lens::fuzz::mutateJson(bytes, size, maxSize, seed, '\n');
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, readRows);
}
