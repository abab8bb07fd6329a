// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The "post_processor" of a tokenizer.json: the special tokens around a text.
#pragma once

#include "core/tokenizer/json_part.h"
#include "core/tokenizer/tokenizer.h"

#include <functional>
#include <optional>
#include <vector>

namespace lens {

class PostProcessor {
public:
    PostProcessor() = default; // adds nothing
    // Throws Error naming a type that is not known or an id that is not a token.
    PostProcessor(const JsonPart& part, const std::function<bool(TokenId)>& isToken);
    // One token before and one after each text, where given.
    static PostProcessor around(std::optional<TokenId> before, std::optional<TokenId> after);

    void apply(Encoding& encoding) const;

private:
    static constexpr TokenId kText = -1; // the place of the text in a template
    using Template = std::vector<TokenId>;

    void add(const JsonPart& part, const std::function<bool(TokenId)>& isToken);
    static Template templateOf(const JsonPart& part, const std::function<bool(TokenId)>& isToken);
    void addTemplate(Template pieces, const std::string& where);

    std::vector<Template> m_templates; // carried out in order
    std::size_t m_copies = 1;          // how often the text stands in what they make
};

} // namespace lens
