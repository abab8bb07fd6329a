// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/containers.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"

#include <algorithm>

namespace lens::jinja {
namespace {

constexpr std::size_t kSmallDict = 8; // searched from end to end
constexpr std::size_t kEntryBytes = 2 * sizeof(Value) + sizeof(std::size_t) + 2 * sizeof(std::uint32_t);

int checkedNesting(int nesting)
{
    if (nesting > kMaxNesting)
        fail(FailureKind::Limit, "lists and mappings lie too deeply in each other");
    return nesting;
}

} // namespace

Items::Items(Form form, Values values, Budget* budget)
    : m_values(std::move(values))
    , m_budget(budget)
    , m_form(form)
{
    for (const Value& value : m_values)
        m_nesting = std::max(m_nesting, value.nesting() + 1);
    checkedNesting(m_nesting);
    if (m_budget)
        m_budget->take(sizeof(Items) + m_values.capacity() * sizeof(Value));
}

Items::~Items()
{
    if (m_budget)
        m_budget->give(sizeof(Items) + m_values.capacity() * sizeof(Value));
}

Dict::~Dict()
{
    if (m_budget)
        m_budget->give(m_entries.size() * kEntryBytes);
}

void Dict::clear()
{
    if (m_budget)
        m_budget->give(m_entries.size() * kEntryBytes);
    m_entries.clear();
    m_hashes.clear();
    m_slots.clear();
}

std::size_t Dict::slotOf(std::size_t hash, const Value& key) const
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const std::uint32_t entry = m_slots[slot];
        if (entry == 0 || (m_hashes[entry - 1] == hash && areEqual(m_entries[entry - 1].first, key)))
            return slot;
    }
}

void Dict::grow()
{
    std::size_t size = 32;
    while (size < m_entries.size() * 2)
        size *= 2;
    m_slots.assign(size, 0);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        std::size_t slot = m_hashes[i] & (size - 1);
        while (m_slots[slot] != 0)
            slot = (slot + 1) & (size - 1);
        m_slots[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

const Value* Dict::find(const Value& key) const
{
    const std::size_t hash = hashOf(key);
    if (!m_slots.empty()) {
        const std::uint32_t entry = m_slots[slotOf(hash, key)];
        return entry == 0 ? nullptr : &m_entries[entry - 1].second;
    }
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_hashes[i] == hash && areEqual(m_entries[i].first, key))
            return &m_entries[i].second;
    }
    return nullptr;
}

const Value* Dict::find(std::string_view key) const
{
    const auto isKey = [&](const Value& one) { return one.isString() && one.bytes() == key; };
    if (m_slots.empty()) {
        for (const auto& [name, value] : m_entries) {
            if (isKey(name))
                return &value;
        }
        return nullptr;
    }
    const std::size_t hash = hashOfText(key);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        if (isKey(m_entries[m_slots[slot] - 1].first))
            return &m_entries[m_slots[slot] - 1].second;
    }
    return nullptr;
}

void Dict::set(const Value& key, Value value)
{
    m_nesting = checkedNesting(std::max({m_nesting, key.nesting() + 1, value.nesting() + 1}));
    if (const Value* there = find(key)) {
        *const_cast<Value*>(there) = std::move(value);
        return;
    }
    if (m_budget) {
        m_budget->step();
        m_budget->take(kEntryBytes);
    }
    m_entries.emplace_back(key, std::move(value));
    m_hashes.push_back(hashOf(key));
    if (m_entries.size() <= kSmallDict)
        return;
    if (m_entries.size() * 2 > m_slots.size())
        grow();
    else
        m_slots[slotOf(m_hashes.back(), key)] = static_cast<std::uint32_t>(m_entries.size());
}

} // namespace lens::jinja
