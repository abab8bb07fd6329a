// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads the object "model" of a tokenizer.json as a BpeModel.
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/vocabulary_problems.h"

#include <algorithm>

namespace lens {
namespace {

BpeOptions optionsOf(const JsonPart& model, const TokenTable& vocabulary, bool byteLevel)
{
    if (model.has("dropout") &&
        (!model.value["dropout"].is_number() || model.value["dropout"].get<double>() != 0))
        throw Error("random merges (BPE dropout) are not known", model.path("dropout"), "set it to null");
    BpeOptions options;
    options.byteLevel = byteLevel;
    options.prefix = model.text("continuing_subword_prefix", "");
    options.suffix = model.text("end_of_word_suffix", "");
    options.byteFallback = model.flag("byte_fallback", false);
    options.fuseUnknown = model.flag("fuse_unk", false);
    options.ignoreMerges = model.flag("ignore_merges", false);
    if (model.has("unk_token")) {
        options.unknown = vocabulary.find(model.text("unk_token"));
        if (options.unknown == kNoToken)
            throw Error("is not in the vocabulary", model.path("unk_token"));
    }
    return options;
}

TokenTable vocabularyOf(const TokenizerFile& file, const std::string& where)
{
    // Tables are as long as the largest id: a file of a hundred bytes must not ask for a hundred megabytes.
    const auto farthest = (std::int64_t{1} << 18) + static_cast<std::int64_t>(file.entries.size() * 256);
    TokenTable table;
    VocabularyProblems problems;
    for (const auto& [text, id] : file.entries) {
        if (id > farthest && id <= kMaxTokenId)
            problems.add({"the id " + std::to_string(id) + " is far beyond the number of tokens, " +
                              std::to_string(file.entries.size()),
                          where + "[\"" + text + "\"]", ""});
        else
            addToken(table, text, id, where, problems);
    }
    problems.throwIfAny(where);
    if (table.size() == 0)
        throw Error("the vocabulary is empty", where);
    return table;
}

// The right token of a pair is written with the prefix that joining takes away, unseen.
MergeTable mergesOf(const TokenizerFile& file, const TokenTable& vocabulary, const std::string& prefix,
                    const std::string& where)
{
    MergeTable merges(file.merges.size());
    VocabularyProblems problems;
    std::uint32_t rank = 0;
    std::string joined;
    for (const auto& [left, right] : file.merges) {
        joined.assign(left).append(right, std::min(prefix.size(), right.size()));
        const TokenId ids[] = {vocabulary.find(left), vocabulary.find(right), vocabulary.find(joined)};
        const std::string* texts[] = {&left, &right, &joined};
        for (int i = 0; i < 3; ++i) {
            if (ids[i] == kNoToken)
                problems.add({"the token \"" + *texts[i] + "\" is not in the vocabulary",
                              where + "[" + std::to_string(rank) + "]", ""});
        }
        merges.add(ids[0], ids[1], {rank++, ids[2]});
    }
    problems.throwIfAny(where);
    return merges;
}

} // namespace

std::unique_ptr<BpeModel> BpeModel::ofJson(const TokenizerFile& file, const JsonPart& model, bool byteLevel)
{
    TokenTable vocabulary = vocabularyOf(file, model.path("vocab"));
    BpeOptions options = optionsOf(model, vocabulary, byteLevel);
    MergeTable merges = mergesOf(file, vocabulary, options.prefix, model.path("merges"));
    return std::make_unique<BpeModel>(std::move(vocabulary), std::move(merges), std::move(options));
}

} // namespace lens
