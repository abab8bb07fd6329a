// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/tokenizer/byte_tokenizer.h"

namespace lens::test {
namespace {

// GPT-2's rule, written a second time: bytes that print as Latin-1 stand for themselves.
std::string letterOf(int byte)
{
    int codePoint = 256;
    for (int i = 0; i <= byte; ++i) {
        const bool prints = (i > 32 && i < 127) || (i > 160 && i != 173 && i < 256);
        if (i == byte)
            codePoint = prints ? byte : codePoint;
        else if (!prints)
            ++codePoint;
    }
    if (codePoint < 128)
        return std::string(1, static_cast<char>(codePoint));
    return {static_cast<char>(0xC0 | codePoint >> 6), static_cast<char>(0x80 | (codePoint & 63))};
}

Json added(TokenId id, const char* content)
{
    return {{"id", id},        {"content", content},  {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", true}};
}

} // namespace

Json byteTokenizerJson()
{
    Json vocabulary;
    for (int byte = 0; byte < 256; ++byte)
        vocabulary[letterOf(byte)] = byte;
    vocabulary["he"] = kHe;
    vocabulary["ll"] = kLl;
    vocabulary["hell"] = kHell;
    const Json byteLevel{{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}};
    const Json text{{"Sequence", {{"id", "A"}, {"type_id", 0}}}};
    const Json begin{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}};
    Json tokenizer;
    tokenizer["version"] = "1.0";
    tokenizer["added_tokens"] =
        Json::array({added(kBos, "<s>"), added(kEos, "</s>"), added(kTurnBegin, "<|im_start|>"),
                     added(kTurnEnd, "<|im_end|>")});
    tokenizer["normalizer"] = nullptr;
    tokenizer["pre_tokenizer"] = byteLevel;
    tokenizer["post_processor"] = {
        {"type", "TemplateProcessing"},
        {"single", Json::array({begin, text})},
        {"special_tokens", {{"<s>", {{"id", "<s>"}, {"ids", Json::array({kBos})}}}}}};
    tokenizer["decoder"] = byteLevel;
    tokenizer["model"] = {
        {"type", "BPE"}, {"vocab", vocabulary}, {"merges", Json::array({"h e", "l l", "he ll"})}};
    return tokenizer;
}

std::string byteTokenizerConfig(const Json& more)
{
    Json config{{"bos_token", "<s>"}, {"eos_token", {{"content", "</s>"}}}, {"pad_token", nullptr}};
    config.update(more);
    return toJsonLine(config);
}

Tokenizer byteTokenizer(const Json& moreConfig)
{
    return Tokenizer::fromJsonText(toJsonLine(byteTokenizerJson()), byteTokenizerConfig(moreConfig),
                                   "tokenizer.json");
}

} // namespace lens::test
