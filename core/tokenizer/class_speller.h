// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes a set of code points as a class for the PCRE2 of this machine. PCRE2 is fast with its own
// properties, but their tables are those of its Unicode version, so there are two spellings: the usual one is
// right for text without newcomers (see unusualForPcre), the exact one for all text.
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <string>
#include <utility>
#include <vector>

namespace lens {

struct PcreText {
    std::string usual;
    std::string exact; // the same where this PCRE2 has the tables of Unicode 16
};

class ClassSpeller {
public:
    // One atom: a class, a property, or (exact) a group. Throws Error after a few hundred different sets.
    PcreText spell(const CodePointSet& set);

private:
    struct Contents {
        std::string text; // inside the brackets
        std::size_t cost = 0;
        bool onlyProperty = false;
    };
    static PcreText remembered(const CodePointSet& set);
    static PcreText spelled(const CodePointSet& set);
    static Contents contentsOf(const CodePointSet& set);
    static std::string exactClass(const CodePointSet& set, const std::string& contents, bool negated);

    std::vector<std::pair<CodePointSet, PcreText>> m_spelled; // before
};

// Text that has one of these code points needs the exact spelling; empty where PCRE2 has Unicode 16.
const CodePointSet& unusualForPcre();

} // namespace lens
