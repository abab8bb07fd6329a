// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A row as one text, before it is tokens.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace lens {

struct RenderedRow {
    std::string text;
    std::vector<Encoding::Span> answers; // what is trained: byte ranges of text, ascending
    // Raw text gets the tokenizer's special tokens and an end mark; a conversation brings its own.
    bool conversation = false;
    // Of a conversation: what came out of its messages, ascending; what else there is the template wrote.
    std::vector<Encoding::Span> written;
    std::size_t droppedAnswers = 0; // answers of which the template wrote nothing
    std::size_t endlessAnswers = 0; // answers behind which the template writes no end mark
};

} // namespace lens
