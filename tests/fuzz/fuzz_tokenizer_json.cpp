// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// tokenizer.json, behind '\0' tokenizer_config.json, behind another '\0' a text that is encoded and decoded.
#include "core/tokenizer/tokenizer.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"
#include "tests/fuzz/round_trip.h"

#include <algorithm>

namespace {

void readTokenizer(std::string_view input)
{
    const std::size_t first = std::min(input.find('\0'), input.size());
    const std::size_t second = std::min(input.find('\0', first + 1), input.size());
    const std::string_view config = first < input.size() ? input.substr(first + 1, second - first - 1) : "";
    const std::string_view text = second < input.size() ? input.substr(second + 1) : lens::fuzz::kSampleText;
    const auto tokenizer = lens::Tokenizer::fromJsonText(input.substr(0, first), config, "tokenizer.json");
    tokenizer.bosId();
    tokenizer.eosId();
    tokenizer.padId();
    lens::fuzz::checkRoundTrip(tokenizer, tokenizer.vocabularySize(), text);
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    return lens::fuzz::mutateJson(bytes, size, maxSize, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, readTokenizer);
}
