// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/heap.h"

#include <algorithm>

namespace lens::jinja {

Value Heap::text(std::string bytes, Source source, bool safe)
{
    m_budget.work(bytes.size());
    return Value(std::make_shared<const Text>(std::move(bytes), std::vector<Mark>(), safe, &m_budget),
                 source);
}

Value Heap::text(std::string bytes, std::vector<Mark> marks, bool safe)
{
    if (marks.size() == 1 && marks[0].begin == 0 && marks[0].end == bytes.size() &&
        marks[0].source != kGeneration)
        return text(std::move(bytes), marks[0].source, safe);
    m_budget.work(bytes.size() + marks.size() * sizeof(Mark));
    return Value(std::make_shared<const Text>(std::move(bytes), std::move(marks), safe, &m_budget));
}

Value Heap::list(Values values)
{
    m_budget.step(values.size() / 4 + 1);
    return Value(std::make_shared<const Items>(Items::Form::List, std::move(values), &m_budget));
}

Value Heap::tuple(Values values)
{
    m_budget.step(values.size() / 4 + 1);
    return Value(std::make_shared<const Items>(Items::Form::Tuple, std::move(values), &m_budget));
}

std::vector<Mark> marksOf(const Value& text)
{
    if (text.source() != kOwn)
        return {{0, text.bytes().size(), text.source()}};
    return text.text().marks();
}

Value slicedText(Heap& heap, const Value& text, std::size_t begin, std::size_t end)
{
    if (begin == 0 && end == text.bytes().size())
        return text;
    std::string bytes(text.bytes().substr(begin, end - begin));
    if (text.source() != kOwn || text.text().marks().empty())
        return heap.text(std::move(bytes), text.source(), text.isSafe());
    std::vector<Mark> marks;
    for (const Mark& mark : text.text().marks()) {
        if (mark.begin < end && mark.end > begin)
            marks.push_back(
                {std::max(mark.begin, begin) - begin, std::min(mark.end, end) - begin, mark.source});
    }
    return heap.text(std::move(bytes), std::move(marks), text.isSafe());
}

Value plainText(Heap& heap, const Value& text)
{
    if (!text.isSafe())
        return text;
    return heap.text(std::string(text.bytes()), marksOf(text));
}

Value safeText(Heap& heap, const Value& text)
{
    if (text.isSafe())
        return text;
    return heap.text(std::string(text.bytes()), marksOf(text), true);
}

} // namespace lens::jinja
