// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What every accepted tokenizer must do with a text, whatever its file says.
#pragma once

#include "core/tokenizer/tokenizer.h"
#include "tests/fuzz/fuzz_input.h"

#include <string_view>

namespace lens::fuzz {

inline constexpr std::string_view kSampleText =
    "Hello  wörld, it's 1234!\n\t▁<s>\xF0\x9F\x98\x80 e\xCC\x81 \xED\x95\x9C \xFF\xEF\xAC\x81";

// AnyTokenizer: Tokenizer or TokenPipeline. ids are below `idLimit`.
template <typename AnyTokenizer>
void checkRoundTrip(const AnyTokenizer& tokenizer, std::size_t idLimit, std::string_view text)
{
    for (const bool special : {false, true}) {
        const Encoding encoding = tokenizer.encode(text, special);
        require(encoding.ids.size() == encoding.spans.size(), "every token has a span");
        for (const auto& span : encoding.spans)
            require(span.begin <= span.end && span.end <= text.size(), "a span lies inside of the text");
        for (const TokenId id : encoding.ids) {
            require(id >= 0 && static_cast<std::size_t>(id) < idLimit, "an id is below vocabularySize");
            tokenizer.tokenText(id);
            tokenizer.isSpecial(id);
        }
        tokenizer.decode(encoding.ids, special);
    }
}

} // namespace lens::fuzz
