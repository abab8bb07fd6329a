// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// tokenizer.json, behind '\0' tokenizer_config.json, behind another '\0' a text that is encoded and decoded.
#include "core/tokenizer/tokenizer.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"

#include <algorithm>

namespace {

using lens::fuzz::require;

constexpr std::string_view kText = "Hello  wörld, it's 1234!\n\t▁<s>\xF0\x9F\x98\x80 e\xCC\x81 \xED\x95\x9C";

void checkRoundTrip(const lens::Tokenizer& tokenizer, std::string_view text)
{
    for (const bool special : {false, true}) {
        const lens::Encoding encoding = tokenizer.encode(text, special);
        require(encoding.ids.size() == encoding.spans.size(), "every token has a span");
        for (const auto& span : encoding.spans)
            require(span.begin <= span.end && span.end <= text.size(), "a span lies inside of the text");
        for (const lens::TokenId id : encoding.ids) {
            require(id >= 0 && static_cast<std::size_t>(id) < tokenizer.vocabularySize(),
                    "an id is below vocabularySize");
            tokenizer.tokenText(id);
            tokenizer.isSpecial(id);
        }
        tokenizer.decode(encoding.ids, special);
    }
}

void readTokenizer(std::string_view input)
{
    const std::size_t first = std::min(input.find('\0'), input.size());
    const std::size_t second = std::min(input.find('\0', first + 1), input.size());
    const std::string_view config = first < input.size() ? input.substr(first + 1, second - first - 1) : "";
    const std::string_view text = second < input.size() ? input.substr(second + 1) : kText;
    const auto tokenizer = lens::Tokenizer::fromJsonText(input.substr(0, first), config, "tokenizer.json");
    tokenizer.bosId();
    tokenizer.eosId();
    tokenizer.padId();
    checkRoundTrip(tokenizer, text);
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
