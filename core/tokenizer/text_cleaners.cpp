// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/text_cleaners.h"

#include "core/base/error.h"
#include "core/tokenizer/chars_map.h"
#include "core/tokenizer/unicode_sets.h"
#include "core/tokenizer/utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace lens {
namespace {

// Takes characters away and turns others into blanks.
class Cleaner final : public NormalizerStage {
public:
    Cleaner(CodePointSet removed, CodePointSet blanks)
        : m_removed(std::move(removed))
        , m_blanks(std::move(blanks))
    {
    }
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        for (std::size_t at = 0; at < in.text.size();) {
            const Utf8Step step = stepUtf8(in.text, at);
            const std::size_t end = at + step.length;
            if (m_blanks.contains(step.codePoint))
                out.replace(in, at, end, " ");
            else if (!m_removed.contains(step.codePoint))
                out.copy(in, at, end);
            at = end;
        }
    }

private:
    CodePointSet m_removed;
    CodePointSet m_blanks;
};

class ChineseSpacer final : public NormalizerStage {
public:
    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        for (std::size_t at = 0; at < in.text.size();) {
            const Utf8Step step = stepUtf8(in.text, at);
            const std::size_t end = at + step.length;
            const bool chinese = m_chinese.contains(step.codePoint);
            if (chinese)
                out.replace(in, at, end, " ");
            out.copy(in, at, end);
            if (chinese)
                out.replace(in, at, end, " ");
            at = end;
        }
    }

private:
    // The blocks that Hugging Face's library names, one of them with a slip (2B920).
    CodePointSet m_chinese{{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
                           {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};
};

// Nonspacing marks as Unicode 8 had them: those of Unicode 9 without the newcomers and the two whose category
// changed since.
CodePointSet nonspacingOfUnicode8()
{
    const CodePointSet newer{{0x8D4, 0x8E1},     {0x1885, 0x1886},   {0x1DFB, 0x1DFB},   {0xA8C5, 0xA8C5},
                             {0xA9BD, 0xA9BD},   {0x1123E, 0x1123E}, {0x11438, 0x1143F}, {0x11442, 0x11444},
                             {0x11446, 0x11446}, {0x11C30, 0x11C3F}, {0x11C92, 0x11CB6}, {0x1E000, 0x1E02A},
                             {0x1E944, 0x1E94A}};
    return ((knownSet("Mn") & marksOfUnicode9()) - newer) |
           CodePointSet{{0x1734, 0x1734}, {0x1171E, 0x1171E}};
}

std::string fromBase64(const std::string& text, const std::string& where)
{
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text.substr(0, text.find('='))) {
        const std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const auto value = letters.find(c);
        if (value == std::string_view::npos)
            throw Error("is not base64", where);
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count));
        }
    }
    return bytes;
}

class PrecompiledMap final : public NormalizerStage {
public:
    PrecompiledMap(std::string_view bytes, const std::string& where) : m_map(bytes, where) {}

    void apply(const Piece& in, MatchScratch&, AlignedText& out) const override
    {
        std::size_t begin = 0;
        utf8proc_int32_t state = 0;
        char32_t previous = 0;
        for (std::size_t at = 0; at < in.text.size();) {
            const Utf8Step step = stepUtf8(in.text, at);
            const auto here = static_cast<utf8proc_int32_t>(step.codePoint);
            if (at > 0 &&
                utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(previous), here, &state)) {
                appendCluster(in, begin, at, out);
                begin = at;
            }
            previous = step.codePoint;
            at += step.length;
        }
        appendCluster(in, begin, in.text.size(), out);
    }

private:
    // A cluster longer than five bytes is not looked up as a whole.
    static constexpr std::size_t kLongestCluster = 5;

    bool appendMapped(const Piece& in, std::size_t begin, std::size_t end, AlignedText& out) const
    {
        const auto found = m_map.shortestAt(in.text.substr(0, end), begin);
        if (found)
            out.replace(in, begin, end,
                        found->content); // the whole of it, though only its beginning was found
        return found.has_value();
    }

    void appendCluster(const Piece& in, std::size_t begin, std::size_t end, AlignedText& out) const
    {
        if (end - begin <= kLongestCluster && appendMapped(in, begin, end, out))
            return;
        while (begin < end) {
            const std::size_t next = begin + stepUtf8(in.text, begin).length;
            if (!appendMapped(in, begin, next, out))
                out.copy(in, begin, next);
            begin = next;
        }
    }

    CharsMap m_map;
};

} // namespace

std::unique_ptr<NormalizerStage> nmtCleaner()
{
    const CodePointSet removed{{0x01, 0x08}, {0x0B, 0x0B}, {0x0E, 0x1F},
                               {0x7F, 0x7F}, {0x8F, 0x8F}, {0x9F, 0x9F}};
    const CodePointSet blanks{{0x09, 0x0A},     {0x0C, 0x0D},     {0x1680, 0x1680}, {0x200B, 0x200F},
                              {0x2028, 0x2029}, {0x2581, 0x2581}, {0xFEFF, 0xFEFF}, {0xFFFD, 0xFFFD}};
    return std::make_unique<Cleaner>(removed, blanks);
}

std::unique_ptr<NormalizerStage> bertCleaner()
{
    const CodePointSet kept{{'\t', '\n'}, {'\r', '\r'}};
    const CodePointSet removed = (othersOfUnicode8() - kept) | CodePointSet{{0xFFFD, 0xFFFD}};
    return std::make_unique<Cleaner>(removed, knownSet("White_Space") - removed);
}

std::unique_ptr<NormalizerStage> chineseSpacer()
{
    return std::make_unique<ChineseSpacer>();
}

std::unique_ptr<NormalizerStage> bertAccentStripper()
{
    return std::make_unique<Cleaner>(nonspacingOfUnicode8(), CodePointSet());
}

std::unique_ptr<NormalizerStage> precompiledMap(const JsonPart& part)
{
    const std::string where = part.path("precompiled_charsmap");
    return std::make_unique<PrecompiledMap>(fromBase64(part.text("precompiled_charsmap"), where), where);
}

} // namespace lens
