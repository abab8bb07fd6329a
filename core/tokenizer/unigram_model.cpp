// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/unigram_model.h"

#include "core/base/error.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/vocabulary_problems.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

namespace lens {
namespace {

constexpr double kUnknownPenalty = 10; // below the smallest score, in both libraries

double asFloat(double value)
{
    return static_cast<double>(static_cast<float>(value));
}

} // namespace

UnigramModel::UnigramModel(const std::vector<UnigramPiece>& pieces, const UnigramOptions& options,
                           const std::string& where)
    : m_largestScore(double{FLT_MIN}) // where SentencePiece begins to look for the largest
    , m_options(options)
{
    VocabularyProblems problems;
    double smallest = std::numeric_limits<double>::infinity();
    if (options.sentencePiece)
        smallest = double{FLT_MAX};
    TokenId id = 0;
    for (const UnigramPiece& piece : pieces) {
        if (piece.text.empty())
            problems.add({"the token is empty", where + "[" + std::to_string(id) + "]", ""});
        else
            addToken(m_written, piece.text, id, where, problems);
        if (!std::isfinite(piece.score))
            problems.add({"the score is not a number", where + "[" + std::to_string(id) + "]", ""});
        if (piece.matched && !piece.text.empty())
            m_trie.add(piece.text, id);
        if (piece.counts) {
            smallest = std::min(smallest, piece.score);
            m_largestScore = std::max(m_largestScore, piece.score);
        }
        m_scores.push_back(piece.score);
        m_userDefined.push_back(piece.userDefined);
        ++id;
    }
    problems.throwIfAny(where);
    if (pieces.empty())
        throw Error("the vocabulary is empty", where);
    m_unknownScore = smallest - kUnknownPenalty;
    if (options.sentencePiece)
        m_unknownScore = asFloat(m_unknownScore);
    if (options.byteFallback)
        m_bytes = ByteTokens(m_written);
}

std::unique_ptr<UnigramModel> UnigramModel::ofJson(const TokenizerFile& file, const JsonPart& model)
{
    UnigramOptions options;
    options.byteFallback = model.flag("byte_fallback", false);
    if (model.has("unk_id")) {
        const std::int64_t id = model.integer("unk_id");
        if (id < 0 || static_cast<std::uint64_t>(id) >= file.scores.size())
            throw Error("there is no token " + std::to_string(id), model.path("unk_id"));
        options.unknown = static_cast<TokenId>(id);
    }
    std::vector<UnigramPiece> pieces;
    pieces.reserve(file.scores.size());
    for (const auto& [text, score] : file.scores)
        pieces.push_back({text, score});
    return std::make_unique<UnigramModel>(pieces, options, model.path("vocab"));
}

double UnigramModel::scoreOf(TokenId id, std::size_t length) const
{
    const auto index = static_cast<std::size_t>(id);
    return m_userDefined[index] ? asFloat(static_cast<double>(length) * m_largestScore) - 0.1
                                : m_scores[index];
}

void UnigramModel::search(std::string_view word, std::vector<ViterbiStep>& steps) const
{
    const bool inFloat = m_options.sentencePiece;
    const auto offer = [&](std::size_t from, std::size_t to, double score, TokenId id) {
        ViterbiStep& step = steps[to];
        if (!step.reached || score > step.score)
            step = {inFloat ? asFloat(score) : score, static_cast<std::uint32_t>(from), id, true};
    };
    steps.assign(word.size() + 1, {});
    for (std::size_t from = 0; from < word.size();) {
        const double soFar = steps[from].score;
        const std::size_t next = std::min<std::size_t>(from + utf8Length(word[from]), word.size());
        bool hasCharacter = false;
        std::uint32_t node = ByteTrie::kRoot;
        for (std::size_t end = from; end < word.size();) {
            node = m_trie.step(node, word[end++]);
            if (node == ByteTrie::kNowhere)
                break;
            const TokenId id = m_trie.value(node);
            if (id == ByteTrie::kNoValue)
                continue;
            offer(from, end, scoreOf(id, end - from) + soFar, id);
            hasCharacter = hasCharacter || end == next;
        }
        if (!hasCharacter) {
            const double score = m_unknownScore + soFar;
            offer(from, next, inFloat ? asFloat(score) : score, m_options.unknown);
        }
        from = next;
    }
}

void UnigramModel::encode(std::string_view word, EncodeScratch& scratch) const
{
    auto& symbols = scratch.symbols;
    symbols.clear();
    search(word, scratch.steps);
    auto& path = scratch.wordSymbols; // backwards; neighbouring unknown tokens as one
    path.clear();
    for (auto end = static_cast<std::uint32_t>(word.size()); end > 0;) {
        const ViterbiStep& step = scratch.steps[end];
        if (step.id == kNoToken)
            throw Error("a character of the text is not in the vocabulary, which has no unknown token",
                        std::string(word.substr(step.from, end - step.from)));
        if (step.id == m_options.unknown && !path.empty() && path.back().id == step.id)
            path.back().begin = step.from;
        else
            path.push_back({step.id, step.from, end});
        end = step.from;
    }
    for (auto symbol = path.rbegin(); symbol != path.rend(); ++symbol) {
        if (symbol->id != m_options.unknown)
            symbols.push_back(*symbol);
        else if (m_options.sentencePiece && m_options.byteFallback)
            m_bytes.append(word.substr(symbol->begin, symbol->end - symbol->begin), symbol->begin, symbols);
        else
            appendUnknown(word, *symbol, symbols);
    }
}

// As Hugging Face's library: a run of unknown characters is looked up as a whole, then written in bytes.
void UnigramModel::appendUnknown(std::string_view word, const Symbol& run, std::vector<Symbol>& out) const
{
    const std::string_view text = word.substr(run.begin, run.end - run.begin);
    const TokenId known = m_options.sentencePiece ? kNoToken : m_written.find(text);
    if (known != kNoToken)
        out.push_back({known, run.begin, run.end});
    else if (!m_options.byteFallback || !m_bytes.append(text, run.begin, out))
        out.push_back(run);
}

} // namespace lens
