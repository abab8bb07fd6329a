// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Special tokens that were read out of a text, unlike <unk>, which is special too and stands for anything.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <string_view>

namespace lens {

// `span`: the token's bytes of `text`; blanks that the token swallows may be among them.
inline bool isControlToken(const Tokenizer& tokenizer, TokenId id, std::string_view text, Encoding::Span span)
{
    return tokenizer.isSpecial(id) && span.begin <= span.end && span.end <= text.size() &&
           text.substr(span.begin, span.end - span.begin).find(tokenizer.tokenText(id)) !=
               std::string_view::npos;
}

} // namespace lens
