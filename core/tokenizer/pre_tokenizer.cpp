// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/pre_tokenizer.h"

#include "core/base/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/character_class.h"
#include "core/tokenizer/pattern_field.h"
#include "core/tokenizer/split.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <optional>
#include <string>

namespace lens {
namespace {

constexpr const char* kGpt2Words =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

// \w+|[^\w\s]+ of Rust's regex crate.
Regex wordsAndSigns()
{
    ClassSpeller speller;
    const PcreText word = speller.spell(rustWord());
    const PcreText sign = speller.spell(~(rustWord() | rustSpace()));
    return Regex::ofPcre({word.usual + "+|" + sign.usual + "+", word.exact + "+|" + sign.exact + "+"},
                         "Whitespace");
}

class SplitStage final : public PreTokenizerStage {
public:
    SplitStage(Regex pattern, SplitBehavior behavior, bool invert = false)
        : m_split{std::move(pattern), behavior, invert}
    {
    }
    // Each character of a set.
    SplitStage(const CodePointSet& set, SplitBehavior behavior)
        : SplitStage(Regex::ofPcre(ClassSpeller().spell(set), "pre-tokenizer"), behavior)
    {
    }
    void apply(const Piece& in, EncodeScratch& scratch, std::vector<Piece>& out) const override
    {
        m_split.apply(in, scratch, out);
    }

private:
    Split m_split;
};

// A blank before pieces that have none, GPT-2's words, and letters for bytes.
class ByteLevel final : public PreTokenizerStage {
public:
    ByteLevel(const JsonPart& part, bool spell)
        : m_prefixBlank(part.flag("add_prefix_space", true))
        , m_spell(spell)
    {
        if (part.flag("use_regex", true))
            m_words = Split{Regex::ofOniguruma(kGpt2Words, "ByteLevel"), SplitBehavior::Isolated, false};
    }

    void apply(const Piece& in, EncodeScratch& scratch, std::vector<Piece>& out) const override
    {
        Piece piece = in;
        if (m_prefixBlank && !in.text.starts_with(' ')) {
            AlignedText& prefixed = scratch.arena.fresh();
            prefixed.insert(in, 0, " ");
            prefixed.copy(in, 0, in.text.size());
            piece = pieceOf(prefixed, in);
        }
        const std::size_t first = out.size();
        if (m_words)
            m_words->apply(piece, scratch, out);
        else
            out.push_back(piece);
        for (std::size_t i = first; m_spell && i < out.size(); ++i)
            out[i] = spelled(out[i], scratch);
    }

private:
    static Piece spelled(const Piece& piece, EncodeScratch& scratch)
    {
        AlignedText& letters = scratch.arena.fresh();
        for (std::size_t i = 0; i < piece.text.size(); ++i)
            letters.replace(piece, i, i + 1, byteLetter(static_cast<unsigned char>(piece.text[i])));
        return pieceOf(letters, piece);
    }

    bool m_prefixBlank;
    bool m_spell;
    std::optional<Split> m_words;
};

// SentencePiece's ▁ for blanks, put before the text too, and a cut before each.
class Metaspace final : public PreTokenizerStage {
public:
    explicit Metaspace(const JsonPart& part)
        : m_mark(part.text("replacement"))
        , m_blank(Regex::ofLiteral(" "))
        , m_split(part.flag("split", true))
        , m_cut{Regex::ofLiteral(m_mark.empty() ? " " : m_mark), SplitBehavior::MergedWithNext, false}
    {
        if (m_mark.empty() || utf8Length(m_mark[0]) != m_mark.size())
            throw Error("is not one character", part.path("replacement"));
        m_scheme = part.text("prepend_scheme", part.flag("add_prefix_space", true) ? "always" : "never");
        if (m_scheme != "always" && m_scheme != "first" && m_scheme != "never")
            refuseUnknown("the scheme", m_scheme, part.path("prepend_scheme"), {"always", "first", "never"});
    }

    void apply(const Piece& in, EncodeScratch& scratch, std::vector<Piece>& out) const override
    {
        AlignedText& marked = scratch.arena.fresh();
        const bool begins = in.text.starts_with(' ') || in.text.starts_with(m_mark);
        if (!begins && (m_scheme == "always" || (m_scheme == "first" && in.begin == 0)))
            marked.insert(in, 0, m_mark);
        std::size_t end = 0;
        m_blank.forEachMatch(in.text, scratch.match, [&](const Regex::Match& match) {
            marked.copy(in, end, match.begin);
            marked.replace(in, match.begin, match.end, m_mark);
            end = match.end;
        });
        marked.copy(in, end, in.text.size());
        if (m_split)
            m_cut.apply(pieceOf(marked, in), scratch, out);
        else
            out.push_back(pieceOf(marked, in));
    }

private:
    std::string m_mark;
    std::string m_scheme;
    Regex m_blank;
    bool m_split;
    Split m_cut;
};

// Pieces of so many characters each.
class FixedLength final : public PreTokenizerStage {
public:
    explicit FixedLength(const JsonPart& part) : m_length(part.has("length") ? part.integer("length") : 5)
    {
        if (m_length < 1)
            throw Error("is not 1 or more", part.path("length"));
    }

    void apply(const Piece& in, EncodeScratch&, std::vector<Piece>& out) const override
    {
        std::size_t begin = 0;
        std::int64_t characters = 0;
        for (std::size_t at = 0; at < in.text.size();) {
            at = std::min<std::size_t>(at + utf8Length(in.text[at]), in.text.size());
            if (++characters < m_length && at < in.text.size())
                continue;
            out.push_back(in.part(begin, at));
            begin = at;
            characters = 0;
        }
    }

private:
    std::int64_t m_length;
};

} // namespace

PreTokenizer::PreTokenizer(const JsonPart& part, bool modelReadsBytes)
{
    add(part, modelReadsBytes);
}

void PreTokenizer::add(const JsonPart& part, bool last)
{
    const std::string type = part.type();
    const auto cut = [&](const CodePointSet& set, SplitBehavior behavior) {
        m_stages.push_back(std::make_unique<SplitStage>(set, behavior));
    };
    if (type == "Sequence") {
        const auto parts = part.list("pretokenizers");
        for (std::size_t i = 0; i < parts.size(); ++i)
            add(parts[i], last && i + 1 == parts.size());
    } else if (type == "ByteLevel") {
        m_stages.push_back(std::make_unique<ByteLevel>(part, !last));
        m_endsWithByteLevel = last;
    } else if (type == "Split") {
        const bool invert = part.flag("invert", false);
        m_stages.push_back(std::make_unique<SplitStage>(
            patternOf(part), splitBehaviorOf(part, SplitBehavior::Isolated), invert));
    } else if (type == "Digits") {
        cut(numbersOfUnicode17(),
            part.flag("individual_digits", false) ? SplitBehavior::Isolated : SplitBehavior::Contiguous);
    } else if (type == "Punctuation") {
        cut(punctuationMarks(), splitBehaviorOf(part, SplitBehavior::Isolated));
    } else if (type == "Whitespace") {
        m_stages.push_back(std::make_unique<SplitStage>(wordsAndSigns(), SplitBehavior::Removed, true));
    } else if (type == "WhitespaceSplit") {
        cut(rustSpace(), SplitBehavior::Removed);
    } else if (type == "BertPreTokenizer") {
        cut(rustSpace(), SplitBehavior::Removed);
        cut(punctuationMarks(), SplitBehavior::Isolated);
    } else if (type == "FixedLength") {
        m_stages.push_back(std::make_unique<FixedLength>(part));
    } else if (type == "CharDelimiterSplit") {
        if (part.text("delimiter").empty())
            throw Error("is empty", part.path("delimiter"));
        m_stages.push_back(
            std::make_unique<SplitStage>(Regex::ofLiteral(part.text("delimiter")), SplitBehavior::Removed));
    } else if (type == "Metaspace") {
        m_stages.push_back(std::make_unique<Metaspace>(part));
    } else {
        refuseUnknown("the pre-tokenizer", type, part.path("type"),
                      {"Sequence", "ByteLevel", "Split", "Digits", "Punctuation", "Whitespace",
                       "WhitespaceSplit", "BertPreTokenizer", "FixedLength", "CharDelimiterSplit",
                       "Metaspace"});
    }
}

void PreTokenizer::apply(EncodeScratch& scratch) const
{
    for (const auto& stage : m_stages) {
        scratch.nextPieces.clear();
        for (const Piece& piece : scratch.pieces) {
            if (piece.token != kNoToken)
                scratch.nextPieces.push_back(piece);
            else if (!piece.text.empty()) // nothing is put before nothing
                stage->apply(piece, scratch, scratch.nextPieces);
        }
        scratch.pieces.swap(scratch.nextPieces);
    }
}

} // namespace lens
