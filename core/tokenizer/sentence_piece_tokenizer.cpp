// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The parts of a tokenizer out of a SentencePiece model.
#include "core/base/error.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/sentence_piece_file.h"
#include "core/tokenizer/sentence_piece_normalizer.h"
#include "core/tokenizer/tokenizer_parts.h"
#include "core/tokenizer/unigram_model.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/vocabulary_problems.h"

#include <algorithm>
#include <map>
#include <set>

namespace lens {
namespace {

using Type = SentencePieceFile::Type;

constexpr const char* kMetaspace = "\xE2\x96\x81"; // ▁

constexpr std::size_t kMaxPieceBytes = 1024; // SentencePiece trains 16 characters; splitting takes the square

// Pieces that the text itself can give.
bool isOfText(Type type)
{
    return type == Type::Normal || type == Type::UserDefined || type == Type::Unused;
}

std::unique_ptr<TokenModel> unigramOf(const SentencePieceFile& file, const std::string& where)
{
    std::vector<UnigramPiece> pieces;
    pieces.reserve(file.pieces.size());
    for (const auto& piece : file.pieces) {
        const bool matched = piece.type == Type::Normal || piece.type == Type::UserDefined;
        pieces.push_back(
            {piece.text, piece.score, matched, piece.type == Type::UserDefined, piece.type == Type::Normal});
    }
    return std::make_unique<UnigramModel>(pieces, UnigramOptions{file.unknown, file.byteFallback, true},
                                          where + ": pieces");
}

// All ways to put a piece together out of two texts that are pieces or single characters. SentencePiece
// merges the neighbours whose joined text has the highest score, the leftmost among equals, so the rank is
// the place of the score among all scores.
class BpeBuilder {
public:
    BpeBuilder(const SentencePieceFile& file, const std::string& where) : m_file(file)
    {
        VocabularyProblems problems;
        for (std::size_t i = 0; i < file.pieces.size(); ++i)
            addToken(m_table, file.pieces[i].text, static_cast<std::int64_t>(i), where + ": pieces",
                     problems);
        problems.throwIfAny(where);
        rankScores();
        for (std::size_t i = 0; i < file.pieces.size(); ++i) {
            if (file.pieces[i].type == Type::Normal)
                splitPiece(static_cast<TokenId>(i), where);
            else if (file.pieces[i].type != Type::UserDefined)
                m_options.hidden.push_back(static_cast<TokenId>(i));
        }
    }

    std::unique_ptr<TokenModel> model()
    {
        MergeTable merges(m_merges.size());
        for (const auto& [left, right, merge] : m_merges)
            merges.add(left, right, merge);
        m_options.unknown = m_file.unknown;
        m_options.byteFallback = m_file.byteFallback;
        m_options.sentencePiece = true;
        return std::make_unique<BpeModel>(std::move(m_table), std::move(merges), std::move(m_options));
    }

private:
    struct Split {
        TokenId left;
        TokenId right;
        Merge merge;
    };

    void rankScores()
    {
        for (const auto& piece : m_file.pieces) {
            if (isOfText(piece.type))
                m_scores.push_back(piece.score);
        }
        std::sort(m_scores.begin(), m_scores.end(), std::greater<>());
        m_scores.erase(std::unique(m_scores.begin(), m_scores.end()), m_scores.end());
    }

    void splitPiece(TokenId id, const std::string& where)
    {
        const auto& piece = m_file.pieces[static_cast<std::size_t>(id)];
        if (piece.text.size() > kMaxPieceBytes)
            throw Error("the piece is longer than " + std::to_string(kMaxPieceBytes) + " bytes",
                        where + ": pieces[" + std::to_string(id) + "]");
        const std::string_view text = piece.text;
        const auto place = std::lower_bound(m_scores.begin(), m_scores.end(), piece.score, std::greater<>());
        const auto rank = static_cast<std::uint32_t>(place - m_scores.begin());
        for (std::size_t at = utf8Length(text[0]); at < text.size(); at += utf8Length(text[at])) {
            const TokenId left = partId(text.substr(0, at));
            const TokenId right = left == kNoToken ? kNoToken : partId(text.substr(at));
            if (right != kNoToken)
                m_merges.push_back({left, right, {rank, id}});
        }
    }

    TokenId partId(std::string_view text)
    {
        const TokenId id = m_table.find(text);
        if (id != kNoToken && isOfText(m_file.pieces[static_cast<std::size_t>(id)].type))
            return id;
        if (utf8Length(text[0]) != text.size())
            return kNoToken;
        TokenId lone = m_options.loneCharacters.find(text);
        if (lone == kNoToken) {
            lone = static_cast<TokenId>(m_file.pieces.size() + m_options.loneCharacters.size());
            m_options.loneCharacters.add(text, lone);
        }
        return lone;
    }

    const SentencePieceFile& m_file;
    TokenTable m_table;
    BpeOptions m_options;
    std::vector<float> m_scores; // all different ones, the highest first
    std::vector<Split> m_merges;
};

// Control pieces say nothing, the unknown piece its surface, and the blank that was put before the text goes.
class SentencePieceText final : public DecoderStage {
public:
    explicit SentencePieceText(const SentencePieceFile& file)
        : m_unknown(file.pieces[static_cast<std::size_t>(file.unknown)].text)
        , m_unknownSurface(file.unknownSurface.substr(0, file.unknownSurface.find('\0')))
        , m_stripsBlank(file.addDummyPrefix || file.removeExtraWhitespaces)
        , m_stripsAll(file.removeExtraWhitespaces)
    {
        for (const auto& piece : file.pieces) {
            if (piece.type == Type::Control)
                m_controls.insert(piece.text);
            else if (piece.type == Type::Byte)
                m_bytes.emplace(piece.text, byteOfToken(piece.text).value_or('\0'));
        }
    }

    void apply(TokenTexts& tokens) const override
    {
        std::string text;
        std::string bytes;
        bool atBegin = true;
        bool stripped = false;
        for (const std::string& token : tokens) {
            if (const auto byte = m_bytes.find(token); byte != m_bytes.end()) {
                bytes.push_back(byte->second);
                continue;
            }
            appendBytes(text, bytes);
            atBegin = atBegin && !stripped && text.empty();
            text += surfaceOf(token, atBegin, stripped);
        }
        appendBytes(text, bytes);
        tokens.assign(1, text);
    }

private:
    std::string surfaceOf(std::string_view token, bool atBegin, bool& stripped) const
    {
        stripped = false;
        if (m_controls.contains(token))
            return {};
        if (token == m_unknown)
            return m_unknownSurface;
        if (atBegin && m_stripsBlank && token.starts_with(kMetaspace)) {
            token.remove_prefix(std::string_view(kMetaspace).size());
            stripped = !m_stripsAll;
        }
        std::string surface(token);
        for (auto at = surface.find(kMetaspace); at != std::string::npos; at = surface.find(kMetaspace, at))
            surface.replace(at, 3, " ");
        return surface;
    }

    // Every byte that is not part of a character becomes a U+FFFD of its own.
    static void appendBytes(std::string& text, std::string& bytes)
    {
        for (std::size_t at = 0; at < bytes.size();) {
            const Utf8Step step = stepUtf8(bytes, at);
            const std::size_t length = step.valid ? step.length : 1;
            text += step.valid ? bytes.substr(at, length) : "\xEF\xBF\xBD";
            at += length;
        }
        bytes.clear();
    }

    std::set<std::string, std::less<>> m_controls;
    std::map<std::string, char> m_bytes; // by piece
    std::string m_unknown;
    std::string m_unknownSurface;
    bool m_stripsBlank;
    bool m_stripsAll;
};

// The decoder that transformers gives to converted models.
Json convertedDecoder(bool prefixed)
{
    Json stages = Json::array({{{"type", "Replace"}, {"pattern", {{"String", kMetaspace}}}, {"content", " "}},
                               {{"type", "ByteFallback"}},
                               {{"type", "Fuse"}}});
    if (prefixed)
        stages.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
    return {{"type", "Sequence"}, {"decoders", stages}};
}

// transformers cuts control and user-defined pieces out of the text as written.
void addPieces(const SentencePieceFile& file, const TokenizerConfig& config, TokenizerParts& parts,
               const std::string& where)
{
    parts.added.begin(parts.model->written());
    for (const auto& piece : file.pieces) {
        if (piece.type != Type::Control && piece.type != Type::UserDefined)
            continue;
        AddedToken token;
        token.content = piece.text;
        token.special = piece.type == Type::Control;
        parts.added.add(std::move(token), parts.model->written(), parts.normalizer, where);
    }
    applyConfig(config, parts, where);
    rebuildPostProcessor(config, parts, where);
}

// SentencePiece's BPE never merges into or out of a user-defined piece.
void cutUserDefined(const SentencePieceFile& file, TokenizerParts& parts)
{
    for (std::size_t i = 0; i < file.pieces.size(); ++i) {
        if (!file.isBpe || file.pieces[i].type != Type::UserDefined)
            continue;
        AddedToken token;
        token.id = static_cast<TokenId>(i);
        token.content = file.pieces[i].text;
        parts.added.addAsNormalized(token);
    }
    parts.added.finish();
}

} // namespace

TokenizerParts partsOfSentencePiece(std::string_view model, const TokenizerConfig& config,
                                    bool asTransformers, const std::string& where)
{
    using Prefix = SentencePieceNormalizer::Prefix;
    SentencePieceFile file = parseSentencePiece(model, where);
    if (asTransformers)
        file.addDummyPrefix = config.addPrefixSpace.value_or(file.addDummyPrefix);
    Prefix prefix = config.legacy ? Prefix::EveryPiece : Prefix::TextBegin;
    if (!file.addDummyPrefix)
        prefix = Prefix::Never;
    TokenizerParts parts;
    parts.normalizer = Normalizer(std::make_unique<SentencePieceNormalizer>(file, prefix, where));
    parts.model = file.isBpe ? BpeBuilder(file, where).model() : unigramOf(file, where);
    if (asTransformers) {
        const Json decoder = convertedDecoder(file.addDummyPrefix);
        parts.decoder = Decoder(JsonPart{decoder, where + ": decoder"});
        addPieces(file, config, parts, where);
    } else {
        parts.decoder = Decoder(std::make_unique<SentencePieceText>(file));
        cutUserDefined(file, parts);
    }
    return parts;
}

} // namespace lens
