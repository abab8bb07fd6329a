// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/bracket_class.h"

#include "core/tokenizer/ruby_classes.h"
#include "core/tokenizer/unicode_sets.h"

#include <algorithm>

namespace lens {
namespace {

constexpr int kMaxDepth = 32;

// A part of a class: one character, which can begin a range, or a set.
struct Item {
    std::optional<char32_t> character;
    CodePointSet set;
};

class BracketReader {
public:
    explicit BracketReader(PatternReader& reader) : m_reader(reader) {}

    // Without the leading ^, which is told apart.
    CodePointSet positive(bool& negated)
    {
        if (++m_depth > kMaxDepth)
            m_reader.refuse("classes nested this deep");
        negated = m_reader.skip("^");
        CodePointSet common = CodePointSet::all();
        CodePointSet part;
        if (m_reader.skip("]"))
            leadingBracket(part);
        while (!m_reader.skip("]")) {
            if (m_reader.skip("&&")) {
                common = common & part;
                part = {};
            } else {
                add(part);
            }
        }
        --m_depth;
        return common & part;
    }

private:
    // A ] that comes first is itself, where another one can close the class.
    void leadingBracket(CodePointSet& part)
    {
        const std::string_view rest = m_reader.rest();
        std::size_t at = 0;
        while (at < rest.size() && rest[at] != ']')
            at += rest[at] == '\\' ? 2 : 1;
        if (at >= rest.size())
            m_reader.reject("an empty class");
        if (m_reader.startsWith("-"))
            m_reader.refuse("a range from ] in a class");
        part.add(char32_t(']'));
    }

    void add(CodePointSet& part)
    {
        const Item item = take();
        if (!item.character) {
            if (m_reader.startsWith("-") && !m_reader.startsWith("-]"))
                m_reader.refuse("a - behind a set in a class");
            part = part | item.set;
            return;
        }
        if (!m_reader.startsWith("-") || m_reader.startsWith("-]") || m_reader.startsWith("-&&"))
            return part.add(*item.character);
        m_reader.step(1);
        const Item last = take();
        if (!last.character || *last.character < *item.character)
            m_reader.reject("a range of a class that does not end in a later character");
        part.add({*item.character, *last.character});
        if (m_reader.startsWith("-") && !m_reader.startsWith("-]"))
            m_reader.refuse("a - behind a range in a class");
    }

    Item take()
    {
        if (m_reader.skip("[:"))
            return {std::nullopt, posix()};
        if (m_reader.skip("[")) {
            bool negated = false;
            const CodePointSet set = positive(negated);
            return {std::nullopt, negated ? ~set : set};
        }
        if (!m_reader.skip("\\"))
            return {m_reader.takeCharacter(), {}};
        const char c = m_reader.take();
        if (auto set = m_reader.escapedSet(c, true))
            return {std::nullopt, std::move(*set)};
        const auto character = c == 'b' ? std::optional<char32_t>('\b') : m_reader.escapedCharacter(c);
        if (!character)
            m_reader.refuse(std::string("\\") + c + " inside a class");
        return {character, {}};
    }

    CodePointSet posix()
    {
        const bool opposite = m_reader.skip("^");
        const std::string_view name = m_reader.takeUntil(":]", "[:…:]");
        const auto set = posixClass(name);
        if (!set)
            m_reader.refuse("the class [:" + std::string(name) + ":]");
        return opposite ? ~*set : *set;
    }

    PatternReader& m_reader;
    int m_depth = 0;
};

// A letter that folds to several (ß to ss) would let a class match several.
void refuseFullFolds(const PatternReader& reader, const CodePointSet& set)
{
    for (const auto& [letter, to] : fullFolds()) {
        if (set.contains(letter))
            reader.refuse("a class with a letter that is two in another case, where case is ignored");
    }
}

} // namespace

CodePointSet bracketClass(PatternReader& reader, bool ignoreCase)
{
    bool negated = false;
    CodePointSet set = BracketReader(reader).positive(negated);
    if (ignoreCase) {
        set = caseClosure(set);
        if (!negated)
            refuseFullFolds(reader, set);
    }
    return negated ? ~set : set;
}

} // namespace lens
