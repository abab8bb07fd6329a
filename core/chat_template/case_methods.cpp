// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str methods about case and kinds of characters.
#include "core/chat_template/characters.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_case.h"

namespace lens::jinja {
namespace {

template <Value (*change)(Renderer&, const Value&)>
Value changed(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("str method", arguments, 0, 0);
    return change(renderer, self);
}

// Whether there are characters, and all of them pass.
template <typename Test>
Value all(const Value& self, Arguments& arguments, Test test, bool ofNone = false)
{
    expectPositional("str method", arguments, 0, 0);
    const std::string_view bytes = self.bytes();
    for (std::size_t at = 0; at < bytes.size();) {
        if (!test(nextCharacter(bytes, at)))
            return Value(false);
    }
    return Value(!bytes.empty() || ofNone);
}

Value isalpha(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return hasFlag(c, kAlpha); });
}

Value isalnum(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return c != '_' && isWordPart(c); });
}

Value isascii(Renderer&, const Value& self, Arguments& arguments)
{
    return all(
        self, arguments, [](char32_t c) { return c < 0x80; }, true);
}

Value isdecimal(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return hasFlag(c, kDecimal); });
}

Value isdigit(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return hasFlag(c, kDigit); });
}

Value isnumeric(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return hasFlag(c, kNumeric); });
}

Value isspace(Renderer&, const Value& self, Arguments& arguments)
{
    return all(self, arguments, [](char32_t c) { return isSpace(c); });
}

Value isprintable(Renderer&, const Value& self, Arguments& arguments)
{
    return all(
        self, arguments, [](char32_t c) { return hasFlag(c, kPrintable); }, true);
}

Value isidentifier(Renderer&, const Value& self, Arguments& arguments)
{
    bool first = true;
    return all(self, arguments, [&](char32_t c) {
        const bool right = hasFlag(c, first ? kIdentifierStart : kIdentifierPart);
        first = false;
        return right;
    });
}

// All letters that have a case have this one, and there is one.
Value allOfCase(const Value& self, Arguments& arguments, CharacterFlag wanted, CharacterFlag other)
{
    bool some = false;
    const Value none = all(self, arguments, [&](char32_t c) {
        some = some || hasFlag(c, wanted);
        return !hasFlag(c, other) && !hasFlag(c, kTitle);
    });
    return Value(none.asBool() && some);
}

Value islower(Renderer&, const Value& self, Arguments& arguments)
{
    return allOfCase(self, arguments, kLower, kUpper);
}

Value isupper(Renderer&, const Value& self, Arguments& arguments)
{
    return allOfCase(self, arguments, kUpper, kLower);
}

Value istitle(Renderer&, const Value& self, Arguments& arguments)
{
    bool some = false;
    bool inWord = false;
    const Value right = all(self, arguments, [&](char32_t c) {
        const bool capital = hasFlag(c, kUpper) || hasFlag(c, kTitle);
        const bool small = hasFlag(c, kLower);
        if ((capital && inWord) || (small && !inWord))
            return false;
        inWord = capital || small;
        some = some || inWord;
        return true;
    });
    return Value(right.asBool() && some);
}

constexpr NamedMethod kMethods[] = {
    {"lower", &changed<lowerText>},
    {"upper", &changed<upperText>},
    {"title", &changed<titleText>},
    {"capitalize", &changed<capitalizedText>},
    {"casefold", &changed<foldedText>},
    {"swapcase", &changed<swappedCaseText>},
    {"isalnum", &isalnum},
    {"isalpha", &isalpha},
    {"isascii", &isascii},
    {"isdecimal", &isdecimal},
    {"isdigit", &isdigit},
    {"isidentifier", &isidentifier},
    {"islower", &islower},
    {"isnumeric", &isnumeric},
    {"isprintable", &isprintable},
    {"isspace", &isspace},
    {"istitle", &istitle},
    {"isupper", &isupper},
};

} // namespace

Method caseMethod(std::string_view name)
{
    return findIn(kMethods, name);
}

} // namespace lens::jinja
