// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is given to a template, as its values.
#pragma once

#include "core/base/json.h"
#include "core/chat_template/heap.h"

#include <string>
#include <vector>

namespace lens::jinja {

// Where a Source points to.
struct MessageField {
    std::size_t message = 0;
    std::string field;
};

// Bytes that JSON stands for, about: what the budget of a rendering is made from.
std::size_t sizeOf(const Json& json);

// Throws Failure(Limit) for too deep nesting.
Value valueOf(Heap& heap, const Json& json, Source source = kOwn);
// A list of messages whose fields know where they come from; adds to `fields`.
Value messagesOf(Heap& heap, const Json& messages, std::vector<MessageField>& fields);

} // namespace lens::jinja
