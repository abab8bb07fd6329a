// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/text_case.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

constexpr char32_t kSigma = 0x3A3;

// Goes through a text and writes other characters for each, keeping the marks.
class CaseChange {
public:
    CaseChange(Renderer& renderer, const Value& text)
        : m_out(renderer.heap())
        , m_text(text)
        , m_marks(marksOf(text))
    {
        for (const Mark& mark : m_marks) {
            if (mark.source == kGeneration && mark.begin < mark.end)
                m_blocks.push_back({mark.begin, mark.end, 0});
        }
    }

    bool atEnd() const { return m_at >= m_text.bytes().size(); }
    std::size_t position() const { return m_at; }
    char32_t peek() const
    {
        std::size_t at = m_at;
        return nextCharacter(m_text.bytes(), at);
    }

    void write(CaseForm form)
    {
        const std::size_t begin = m_out.size();
        const std::size_t from = m_at;
        writeCharacter(form);
        // Blocks of {% generation %} keep their ends, wherever these come to lie.
        for (Block& block : m_blocks) {
            if (block.begin == from)
                block.newBegin = begin;
            if (block.end == m_at)
                m_out.addMark({block.newBegin, m_out.size(), kGeneration});
        }
    }

    Value take() { return m_out.take(m_text.isSafe()); }

private:
    // A block of {% generation %}, and where it begins in the new text.
    struct Block {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t newBegin = 0;
    };

    void writeCharacter(CaseForm form)
    {
        const std::size_t begin = m_at;
        const char32_t c = nextCharacter(m_text.bytes(), m_at);
        const Source source = sourceAt(begin);
        const bool behindLetter = m_behindLetter;
        if (!hasFlag(c, kCaseIgnorable))
            m_behindLetter = isCased(c);
        if (form == CaseForm::Lower && c == kSigma)
            return m_out.appendCharacter(behindLetter && endsWord() ? U'ς' : U'σ', source);
        if (c < 0x80)
            return m_out.append(std::string_view(asciiForm(c, form)), source);
        for (const std::uint32_t one : caseFormOf(c, form)) {
            if (one != 0)
                m_out.appendCharacter(one, source);
        }
    }

    const char* asciiForm(char32_t c, CaseForm form)
    {
        const bool small = form == CaseForm::Lower || form == CaseForm::Fold;
        if (small && c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        else if (!small && c >= 'a' && c <= 'z')
            c -= 'a' - 'A';
        m_one[0] = static_cast<char>(c);
        return m_one;
    }

    Source sourceAt(std::size_t at)
    {
        while (m_mark < m_marks.size() &&
               (m_marks[m_mark].end <= at || m_marks[m_mark].source == kGeneration))
            ++m_mark;
        const bool inside = m_mark < m_marks.size() && m_marks[m_mark].begin <= at;
        return inside ? m_marks[m_mark].source : kOwn;
    }

    // No letter stands behind, ignorable characters left out: a sigma that has one before it is a final one.
    bool endsWord() const
    {
        const std::string_view bytes = m_text.bytes();
        for (std::size_t i = m_at; i < bytes.size();) {
            const char32_t c = nextCharacter(bytes, i);
            if (!hasFlag(c, kCaseIgnorable))
                return !isCased(c);
        }
        return true;
    }

    TextBuilder m_out;
    const Value& m_text;
    std::vector<Mark> m_marks;
    std::vector<Block> m_blocks;
    std::size_t m_mark = 0;
    bool m_behindLetter = false;
    std::size_t m_at = 0;
    char m_one[2] = {0, 0};
};

Value changed(Renderer& renderer, const Value& text, CaseForm form)
{
    renderer.budget().work(text.bytes().size() * 4);
    CaseChange change(renderer, text);
    while (!change.atEnd())
        change.write(form);
    return change.take();
}

bool isBoundary(char32_t c)
{
    return isSpace(c) || c == '-' || c == '(' || c == '{' || c == '[' || c == '<';
}

} // namespace

Value upperText(Renderer& renderer, const Value& text)
{
    return changed(renderer, text, CaseForm::Upper);
}

Value lowerText(Renderer& renderer, const Value& text)
{
    return changed(renderer, text, CaseForm::Lower);
}

Value foldedText(Renderer& renderer, const Value& text)
{
    return changed(renderer, text, CaseForm::Fold);
}

Value swappedCaseText(Renderer& renderer, const Value& text)
{
    CaseChange change(renderer, text);
    while (!change.atEnd())
        change.write(hasFlag(change.peek(), kUpper) ? CaseForm::Lower : CaseForm::Upper);
    return change.take();
}

Value capitalizedText(Renderer& renderer, const Value& text)
{
    renderer.budget().work(text.bytes().size() * 4);
    CaseChange change(renderer, text);
    while (!change.atEnd())
        change.write(change.position() == 0 ? CaseForm::Title : CaseForm::Lower);
    return change.take();
}

Value titleText(Renderer& renderer, const Value& text)
{
    renderer.budget().work(text.bytes().size() * 4);
    CaseChange change(renderer, text);
    bool inWord = false;
    while (!change.atEnd()) {
        const bool cased = isCased(change.peek());
        change.write(inWord ? CaseForm::Lower : CaseForm::Title);
        inWord = cased;
    }
    return change.take();
}

Value titleWords(Renderer& renderer, const Value& text)
{
    // Word by word: what counts as the end of a word for a sigma is the word alone.
    const std::string_view bytes = text.bytes();
    TextBuilder out(renderer.heap());
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t end = at;
        const bool boundary = isBoundary(nextCharacter(bytes, end));
        for (std::size_t next = end; next < bytes.size(); end = next) {
            if (isBoundary(nextCharacter(bytes, next)) != boundary)
                break;
        }
        end = std::min(end, bytes.size());
        std::size_t second = at;
        nextCharacter(bytes, second);
        out.append(upperText(renderer, slicedText(renderer.heap(), text, at, second)));
        out.append(lowerText(renderer, slicedText(renderer.heap(), text, second, end)));
        at = end;
    }
    return out.take();
}

} // namespace lens::jinja
