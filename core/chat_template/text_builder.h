// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Puts a text together from pieces and keeps where each piece came from.
#pragma once

#include "core/chat_template/heap.h"

#include <string_view>

namespace lens::jinja {

class TextBuilder {
public:
    explicit TextBuilder(Heap& heap) : m_heap(heap) {}
    ~TextBuilder() { m_heap.budget().give(m_taken); }
    TextBuilder(const TextBuilder&) = delete;
    TextBuilder& operator=(const TextBuilder&) = delete;

    void append(std::string_view bytes, Source source = kOwn);
    void append(char byte) { append(std::string_view(&byte, 1)); }
    void appendCharacter(char32_t character, Source source = kOwn);
    void appendRepeated(std::string_view bytes, std::size_t times);
    // A string value with its marks, or a part of it (bytes).
    void append(const Value& text);
    void append(const Value& text, std::size_t begin, std::size_t end);
    // Everything from `begin` on came from `source`, whatever its pieces say.
    void markFrom(std::size_t begin, Source source);
    // Puts other bytes in place of all from `begin` on.
    void replaceFrom(std::size_t begin, std::string_view bytes, Source source);
    // Adds a mark beside those that are there.
    void addMark(const Mark& mark) { m_marks.push_back(mark); }

    std::size_t size() const { return m_bytes.size(); }
    const std::string& bytes() const { return m_bytes; }
    const std::vector<Mark>& marks() const { return m_marks; }
    std::string takeBytes() { return std::move(m_bytes); }
    // The text as a value; the builder is empty afterwards.
    Value take(bool safe = false);

private:
    // Counts so many bytes more before they are written.
    void reserve(std::size_t bytes);
    void mark(std::size_t begin, std::size_t end, Source source);

    Heap& m_heap;
    std::string m_bytes;
    std::size_t m_taken = 0; // of the budget
    std::vector<Mark> m_marks;
};

} // namespace lens::jinja
