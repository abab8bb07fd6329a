// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Lists, tuples and dicts of a template.
#pragma once

#include "core/chat_template/value.h"

#include <optional>
#include <utility>

namespace lens::jinja {

// Containers inside containers: bounded, since they are printed, compared and freed recursively.
inline constexpr int kMaxNesting = 200;

class Items {
public:
    enum class Form { List, Tuple, Group }; // Group: what the groupby filter makes, a tuple with names

    // Throws Failure(Limit) if nested too deeply or too large. budget may be null.
    Items(Form form, Values values, Budget* budget);
    ~Items();
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;

    Form form() const { return m_form; }
    bool isList() const { return m_form == Form::List; }
    const Values& values() const { return m_values; }
    std::size_t size() const { return m_values.size(); }
    int nesting() const { return m_nesting; }
    Budget* budget() const { return m_budget; }

private:
    Values m_values;
    Budget* m_budget;
    int m_nesting = 1;
    Form m_form;
};

// Keeps the order of insertion. Filled while it is built, then shared as const.
class Dict {
public:
    explicit Dict(Budget* budget) : m_budget(budget) {}
    ~Dict();
    Dict(const Dict&) = delete;
    Dict& operator=(const Dict&) = delete;

    // A key that is there keeps its place. Throws Failure(Type) for a key that cannot be one.
    void set(const Value& key, Value value);
    // Null if there is none. Throws Failure(Type) for what cannot be a key.
    const Value* find(const Value& key) const;
    const Value* find(std::string_view key) const;
    void clear();

    const std::vector<std::pair<Value, Value>>& entries() const { return m_entries; }
    std::size_t size() const { return m_entries.size(); }
    int nesting() const { return m_nesting; }
    Budget* budget() const { return m_budget; }

private:
    std::size_t slotOf(std::size_t hash, const Value& key) const;
    void grow();

    std::vector<std::pair<Value, Value>> m_entries;
    std::vector<std::size_t> m_hashes;  // of the entries
    std::vector<std::uint32_t> m_slots; // entry + 1, open addressing; empty while there are few entries
    Budget* m_budget;
    int m_nesting = 1;
};

} // namespace lens::jinja
