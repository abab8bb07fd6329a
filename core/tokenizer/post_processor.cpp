// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/post_processor.h"

#include "core/base/error.h"
#include "core/tokenizer/token_table.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::size_t kMaxCopies = 16;

TokenId checkedId(const Json& value, const std::string& where, const std::function<bool(TokenId)>& isToken)
{
    if (!value.is_number_integer())
        throw Error("is not a token id", where);
    const auto id = value.get<std::int64_t>();
    if (id < 0 || id > kMaxTokenId || !isToken(static_cast<TokenId>(id)))
        throw Error("there is no token " + std::to_string(id), where);
    return static_cast<TokenId>(id);
}

// ["</s>", 2], as BertProcessing and RobertaProcessing write a token.
TokenId pairId(const JsonPart& part, const char* key, const std::function<bool(TokenId)>& isToken)
{
    const auto pair = part.list(key);
    if (pair.size() != 2)
        throw Error("is not a token and its id", part.path(key));
    return checkedId(pair[1].value, pair[1].where, isToken);
}

} // namespace

PostProcessor::PostProcessor(const JsonPart& part, const std::function<bool(TokenId)>& isToken)
{
    add(part, isToken);
}

PostProcessor PostProcessor::around(std::optional<TokenId> before, std::optional<TokenId> after)
{
    Template around;
    if (before)
        around.push_back(*before);
    around.push_back(kText);
    if (after)
        around.push_back(*after);
    PostProcessor processor;
    processor.m_templates.push_back(std::move(around));
    return processor;
}

// Each template may name the text several times, and the next one all that: the tokens would double without
// end.
void PostProcessor::addTemplate(Template pieces, const std::string& where)
{
    const auto texts = static_cast<std::size_t>(std::count(pieces.begin(), pieces.end(), kText));
    m_copies *= std::max<std::size_t>(texts, 1);
    if (m_copies > kMaxCopies)
        throw Error("the templates repeat the text more than " + std::to_string(kMaxCopies) + " times",
                    where);
    m_templates.push_back(std::move(pieces));
}

void PostProcessor::add(const JsonPart& part, const std::function<bool(TokenId)>& isToken)
{
    const std::string type = part.type();
    if (type == "Sequence") {
        for (const JsonPart& one : part.list("processors"))
            add(one, isToken);
    } else if (type == "TemplateProcessing") {
        addTemplate(templateOf(part, isToken), part.path("single"));
    } else if (type == "BertProcessing" || type == "RobertaProcessing") {
        m_templates.push_back({pairId(part, "cls", isToken), kText, pairId(part, "sep", isToken)});
    } else if (type != "ByteLevel") { // that one only trims offsets
        refuseUnknown("the post-processor", type, part.path("type"),
                      {"Sequence", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel"});
    }
}

PostProcessor::Template PostProcessor::templateOf(const JsonPart& part,
                                                  const std::function<bool(TokenId)>& isToken)
{
    Template result;
    for (const JsonPart& piece : part.list("single")) {
        if (piece.has("Sequence")) {
            if (piece.object("Sequence").text("id") != "A")
                throw Error("a template for one text can only name the text A", piece.path("Sequence.id"));
            result.push_back(kText);
            continue;
        }
        const JsonPart token = piece.object("SpecialToken");
        const std::string name = token.text("id");
        const JsonPart known = part.object("special_tokens");
        if (!known.has(name.c_str()))
            throw Error("the template names \"" + name + "\", which special_tokens does not have",
                        token.path("id"));
        for (const JsonPart& id : known.object(name.c_str()).list("ids"))
            result.push_back(checkedId(id.value, id.where, isToken));
    }
    return result;
}

void PostProcessor::apply(Encoding& encoding) const
{
    for (const Template& pieces : m_templates) {
        Encoding result;
        result.ids.reserve(encoding.ids.size() + pieces.size());
        result.spans.reserve(encoding.ids.size() + pieces.size());
        for (const TokenId id : pieces) {
            if (id == kText) {
                result.ids.insert(result.ids.end(), encoding.ids.begin(), encoding.ids.end());
                result.spans.insert(result.spans.end(), encoding.spans.begin(), encoding.spans.end());
            } else {
                result.ids.push_back(id);
                result.spans.emplace_back();
            }
        }
        encoding = std::move(result);
    }
}

} // namespace lens
