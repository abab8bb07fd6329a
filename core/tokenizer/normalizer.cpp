// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/normalizer.h"

#include "core/base/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/character_class.h"
#include "core/tokenizer/pattern_field.h"
#include "core/tokenizer/text_cleaners.h"
#include "core/tokenizer/unicode_normalizer.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <map>

namespace lens {
namespace {

// Calls change(from, to, code point) for each character; what it returns true for is not copied.
template <typename Change>
void eachCharacter(const Piece& in, AlignedText& out, Change change)
{
    for (std::size_t at = 0; at < in.text.size();) {
        const Utf8Step step = stepUtf8(in.text, at);
        if (!change(at, at + step.length, step.codePoint))
            out.copy(in, at, at + step.length);
        at += step.length;
    }
}

class Lowercase final : public NormalizerStage {
public:
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        eachCharacter(in, out, [&](std::size_t from, std::size_t to, char32_t c) {
            const auto lower = m_letters.find(c);
            std::string text;
            if (c == 0x130) // İ is the one letter whose small form is two characters
                text = "i\xCC\x87";
            else if (lower == m_letters.end())
                return false;
            else
                appendUtf8(text, lower->second);
            out.replace(in, from, to, text);
            return true;
        });
    }

private:
    std::map<char32_t, char32_t> m_letters = lowercaseLetters();
};

class StripAccents final : public NormalizerStage {
public:
    bool changes(std::string_view text) const override { return !isAscii(text); }
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        eachCharacter(in, out, [&](std::size_t, std::size_t, char32_t c) { return m_marks.contains(c); });
    }

private:
    CodePointSet m_marks = marksOfUnicode9();
};

class StripBlanks final : public NormalizerStage {
public:
    StripBlanks(bool left, bool right) : m_left(left), m_right(right) {}
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        std::size_t begin = in.text.size(); // of the first and the end of the last character to keep
        std::size_t end = 0;
        for (std::size_t at = 0; at < in.text.size();) {
            const Utf8Step step = stepUtf8(in.text, at);
            const bool blank = m_blanks.contains(step.codePoint);
            if (begin > at && !(m_left && blank))
                begin = at;
            at += step.length;
            if (!(m_right && blank))
                end = at;
        }
        if (end > begin)
            out.copy(in, begin, end);
    }

private:
    bool m_left;
    bool m_right;
    CodePointSet m_blanks = rustSpace();
};

class Prepend final : public NormalizerStage {
public:
    explicit Prepend(std::string text) : m_text(std::move(text)) {}
    bool changes(std::string_view text) const override { return !text.empty(); }
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        out.insert(in, 0, m_text);
        out.copy(in, 0, in.text.size());
    }

private:
    std::string m_text;
};

class Replace final : public NormalizerStage {
public:
    Replace(Regex pattern, std::string content) : m_pattern(std::move(pattern)), m_content(std::move(content))
    {
    }
    bool changes(std::string_view text) const override { return !text.empty(); } // as Hugging Face's library
    void apply(const Piece& in, MatchScratch& scratch, AlignedText& out) const override
    {
        std::size_t end = 0;
        m_pattern.forEachMatch(in.text, scratch, [&](const Regex::Match& match) {
            out.copy(in, end, match.begin);
            out.replace(in, match.begin, match.end, m_content);
            end = match.end;
        });
        out.copy(in, end, in.text.size());
    }

private:
    Regex m_pattern;
    std::string m_content;
};

class ByteLetters final : public NormalizerStage {
public:
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        for (std::size_t i = 0; i < in.text.size(); ++i)
            out.replace(in, i, i + 1, byteLetter(static_cast<unsigned char>(in.text[i])));
    }
};

} // namespace

Normalizer::Normalizer(const JsonPart& part)
{
    add(part);
}

Normalizer::Normalizer(std::unique_ptr<NormalizerStage> stage)
{
    m_stages.push_back(std::move(stage));
}

void Normalizer::add(const JsonPart& part)
{
    const std::string type = part.type();
    if (type == "Sequence") {
        for (const JsonPart& one : part.list("normalizers"))
            add(one);
    } else if (const auto form = normalizationFormOf(type)) {
        m_stages.push_back(std::make_unique<UnicodeNormalizer>(*form));
    } else if (type == "Lowercase") {
        m_stages.push_back(std::make_unique<Lowercase>());
    } else if (type == "StripAccents") {
        m_stages.push_back(std::make_unique<StripAccents>());
    } else if (type == "Strip") {
        m_stages.push_back(
            std::make_unique<StripBlanks>(part.flag("strip_left", true), part.flag("strip_right", true)));
    } else if (type == "Prepend") {
        m_stages.push_back(std::make_unique<Prepend>(part.text("prepend")));
    } else if (type == "Replace") {
        m_stages.push_back(std::make_unique<Replace>(patternOf(part), part.text("content")));
    } else if (type == "ByteLevel") {
        m_stages.push_back(std::make_unique<ByteLetters>());
    } else if (type == "Nmt") {
        m_stages.push_back(nmtCleaner());
    } else if (type == "Precompiled") {
        m_stages.push_back(precompiledMap(part));
    } else if (type == "BertNormalizer") {
        addBert(part);
    } else {
        refuseUnknown("the normalizer", type, part.path("type"),
                      {"Sequence", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Strip",
                       "Prepend", "Replace", "ByteLevel", "Nmt", "Precompiled", "BertNormalizer"});
    }
}

void Normalizer::addBert(const JsonPart& part)
{
    const bool lowercase = part.flag("lowercase", true);
    if (part.flag("clean_text", true))
        m_stages.push_back(bertCleaner());
    if (part.flag("handle_chinese_chars", true))
        m_stages.push_back(chineseSpacer());
    if (part.flag("strip_accents", lowercase)) {
        m_stages.push_back(std::make_unique<UnicodeNormalizer>(*normalizationFormOf("NFD")));
        m_stages.push_back(bertAccentStripper());
    }
    if (lowercase)
        m_stages.push_back(std::make_unique<Lowercase>());
}

Piece Normalizer::apply(const Piece& piece, EncodeScratch& scratch) const
{
    Piece current = piece;
    for (const auto& stage : m_stages) {
        if (!stage->changes(current.text))
            continue;
        AlignedText& out = scratch.arena.fresh();
        stage->apply(current, scratch.match, out);
        current = pieceOf(out, current);
    }
    return current;
}

} // namespace lens
