// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What both halves of the parser share: the tokens, the names, and what is known of the place in the
// template.
#pragma once

#include "core/chat_template/program.h"
#include "core/chat_template/scope.h"
#include "core/chat_template/token_stream.h"

#include <set>
#include <unordered_map>

namespace lens::jinja {

// Which of the special names (loop, caller, kwargs, varargs) a body looks at before it sets them itself.
struct NameWatch {
    std::set<std::string, std::less<>> watched;
    std::set<std::string, std::less<>> seen;
};

class ParseState {
public:
    ParseState(std::vector<Token> tokens, Program& program) : stream(std::move(tokens)), m_program(program) {}

    TokenStream stream;

    Symbol symbolOf(const std::string& name);
    const std::string& nameOf(Symbol symbol) const
    {
        return m_program.names[static_cast<std::size_t>(symbol)];
    }
    void noteLoad(const std::string& name);
    // Throws SyntaxFailure for "loop" inside of a for.
    void noteStore(const std::string& name, int line);

    // A filter or test that does not exist stops the parsing, unless it stands under a condition, which may
    // ask for it first: then only its use fails.
    void noteUnknown(const std::string& what, int line);
    std::size_t unknownCount() const { return m_unknown.size(); }
    void softenUnknownFrom(std::size_t index);
    void refuseUnknown() const;

    [[noreturn]] void failHere(const std::string& what) const { throw SyntaxFailure(what, stream.line()); }

    std::vector<NameWatch> watches;
    bool soft = false;   // under a condition
    int loopsAround = 0; // that break and continue can reach
    int loopTargets = 0; // for statements around
    int depth = 0;

private:
    struct Unknown {
        std::string what;
        int line = 0;
        bool soft = false;
    };
    Program& m_program;
    std::unordered_map<std::string, Symbol> m_symbols;
    std::vector<Unknown> m_unknown;
};

// Bounds how deeply a template's parts lie in each other.
class ParseDepth {
public:
    explicit ParseDepth(ParseState& state) : m_state(state)
    {
        if (++state.depth > kMaxDepth)
            state.failHere("the template's parts lie too deeply in each other");
    }
    ~ParseDepth() { --m_state.depth; }
    ParseDepth(const ParseDepth&) = delete;
    ParseDepth& operator=(const ParseDepth&) = delete;

private:
    static constexpr int kMaxDepth = 400;
    ParseState& m_state;
};

// Sets a field of the state and puts it back.
template <typename T>
class Setting {
public:
    Setting(T& field, T value) : m_field(field), m_before(field) { field = value; }
    ~Setting() { m_field = m_before; }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

private:
    T& m_field;
    T m_before;
};

} // namespace lens::jinja
