// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_classes.h"

#include <cstdint>
#include <utility>

namespace lens {
namespace {

// The defaults of the constructors in transformers 4.52; a null pointer is a token that the class lacks.
enum class Rebuilds : std::uint8_t { Never, WithBos, WithoutBos }; // where add_bos_token is not said
struct ClassRow {
    const char* name;
    const char* bos;
    const char* eos;
    const char* unk;
    const char* pad;
    Rebuilds rebuilds = Rebuilds::Never;
};

constexpr const char* kEndOfText = "<|endoftext|>";

constexpr ClassRow kClasses[] = {
    {"LlamaTokenizer", "<s>", "</s>", "<unk>", nullptr, Rebuilds::WithBos},
    {"CodeLlamaTokenizer", "<s>", "</s>", "<unk>", nullptr, Rebuilds::WithBos},
    {"GemmaTokenizer", "<bos>", "<eos>", "<unk>", "<pad>", Rebuilds::WithBos},
    {"GPT2Tokenizer", kEndOfText, kEndOfText, kEndOfText, nullptr},
    {"CodeGenTokenizer", kEndOfText, kEndOfText, kEndOfText, nullptr},
    {"GPTNeoXTokenizer", kEndOfText, kEndOfText, kEndOfText, nullptr, Rebuilds::WithoutBos},
    {"Qwen2Tokenizer", nullptr, kEndOfText, kEndOfText, kEndOfText},
    {"BloomTokenizer", "<s>", "</s>", "<unk>", "<pad>"},
    {"CohereTokenizer", "<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>", "<UNK>", "<PAD>", Rebuilds::WithBos},
};

constexpr std::pair<const char*, const char*> kModelTypes[] = {
    {"llama", "LlamaTokenizer"},   {"mistral", "LlamaTokenizer"}, {"mixtral", "LlamaTokenizer"},
    {"phi3", "LlamaTokenizer"},    {"gemma", "GemmaTokenizer"},   {"gemma2", "GemmaTokenizer"},
    {"gpt2", "GPT2Tokenizer"},     {"phi", "CodeGenTokenizer"},   {"gpt_neox", "GPTNeoXTokenizer"},
    {"qwen2", "Qwen2Tokenizer"},   {"qwen3", "Qwen2Tokenizer"},   {"bloom", "BloomTokenizer"},
    {"cohere", "CohereTokenizer"}, {"olmo", "GPTNeoXTokenizer"},  {"starcoder2", "GPT2Tokenizer"},
};

const ClassRow* rowOf(std::string_view className)
{
    if (className.ends_with("Fast"))
        className.remove_suffix(4);
    for (const ClassRow& row : kClasses) {
        if (className == row.name)
            return &row;
    }
    return nullptr;
}

} // namespace

std::string tokenizerClassOf(std::string_view modelType)
{
    for (const auto& [type, className] : kModelTypes) {
        if (modelType == type)
            return className;
    }
    return {};
}

std::map<std::string, std::string> classSpecialTokens(std::string_view className)
{
    std::map<std::string, std::string> tokens;
    const ClassRow* row = rowOf(className);
    if (!row)
        return tokens;
    const std::pair<const char*, const char*> fields[] = {
        {"bos_token", row->bos}, {"eos_token", row->eos}, {"unk_token", row->unk}, {"pad_token", row->pad}};
    for (const auto& [name, text] : fields) {
        if (text)
            tokens.emplace(name, text);
    }
    return tokens;
}

std::optional<bool> rebuildsWithBos(std::string_view className)
{
    const ClassRow* row = rowOf(className);
    if (!row || row->rebuilds == Rebuilds::Never)
        return std::nullopt;
    return row->rebuilds == Rebuilds::WithBos;
}

} // namespace lens
