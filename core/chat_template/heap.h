// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Makes the values of one rendering and counts what they hold.
#pragma once

#include "core/chat_template/budget.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/value.h"

namespace lens::jinja {

class Heap {
public:
    explicit Heap(std::size_t inputBytes) : m_budget(inputBytes) {}
    Heap(const Heap&) = delete;
    Heap& operator=(const Heap&) = delete;

    Budget& budget() { return m_budget; }

    Value text(std::string bytes, Source source = kOwn, bool safe = false);
    // Marks sorted by begin. One mark over everything becomes the value's source.
    Value text(std::string bytes, std::vector<Mark> marks, bool safe = false);
    Value list(Values values);
    Value tuple(Values values);
    std::shared_ptr<Dict> dict() { return std::make_shared<Dict>(&m_budget); }

private:
    Budget m_budget;
};

// The marks of a string value, its source included.
std::vector<Mark> marksOf(const Value& text);
// The bytes [begin, end) of a string value with their marks.
Value slicedText(Heap& heap, const Value& text, std::size_t begin, std::size_t end);
// The same bytes as a plain string (Python's str() of Markup).
Value plainText(Heap& heap, const Value& text);
Value safeText(Heap& heap, const Value& text);

} // namespace lens::jinja
