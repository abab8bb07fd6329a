// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A value of a template, with Python's kinds. Cheap to copy: strings and containers are shared and immutable
// (the sandbox allows no changes). A value knows the message field it came from.
#pragma once

#include "core/chat_template/text.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lens::jinja {

class Dict;
class Items;
class Object;

// Why something is undefined; the message appears when the value is used in a way that undefined forbids.
struct Missing {
    std::string message;
    bool forbidden = false; // by the sandbox
};

enum class Kind { None, Undefined, Bool, Int, Float, String, List, Tuple, Dict, Object };

class Value {
public:
    Value() = default; // none
    explicit Value(bool value) : m_data(value) {}
    explicit Value(std::int64_t value) : m_data(value) {}
    explicit Value(double value) : m_data(value) {}
    explicit Value(std::shared_ptr<const Text> text, Source source = kOwn);
    explicit Value(std::shared_ptr<const Items> items);
    explicit Value(std::shared_ptr<const Dict> dict);
    explicit Value(std::shared_ptr<Object> object);
    static Value undefined(std::string message, bool forbidden = false);

    Kind kind() const;
    bool isNone() const { return std::holds_alternative<std::monostate>(m_data); }
    bool isUndefined() const { return std::holds_alternative<std::shared_ptr<const Missing>>(m_data); }
    bool isBool() const { return std::holds_alternative<bool>(m_data); }
    bool isInt() const { return std::holds_alternative<std::int64_t>(m_data); }
    bool isFloat() const { return std::holds_alternative<double>(m_data); }
    bool isString() const { return std::holds_alternative<std::shared_ptr<const Text>>(m_data); }
    bool isSequence() const { return std::holds_alternative<std::shared_ptr<const Items>>(m_data); }
    bool isDict() const { return std::holds_alternative<std::shared_ptr<const Dict>>(m_data); }
    bool isObject() const { return std::holds_alternative<std::shared_ptr<Object>>(m_data); }
    bool isSafe() const { return isString() && text().isSafe(); }
    // Bool or Int: what Python takes as an integer.
    bool isIntegral() const { return isInt() || isBool(); }
    bool isNumber() const { return isIntegral() || isFloat(); }

    // Only for the kind they name.
    const Missing& missing() const { return *std::get<std::shared_ptr<const Missing>>(m_data); }
    bool asBool() const { return std::get<bool>(m_data); }
    std::int64_t asInt() const { return isBool() ? std::int64_t(asBool()) : std::get<std::int64_t>(m_data); }
    double asNumber() const { return isFloat() ? std::get<double>(m_data) : static_cast<double>(asInt()); }
    const Text& text() const { return *std::get<std::shared_ptr<const Text>>(m_data); }
    const std::shared_ptr<const Text>& sharedText() const
    {
        return std::get<std::shared_ptr<const Text>>(m_data);
    }
    std::string_view bytes() const { return text().bytes(); }
    const Items& items() const { return *std::get<std::shared_ptr<const Items>>(m_data); }
    const std::shared_ptr<const Items>& sharedItems() const
    {
        return std::get<std::shared_ptr<const Items>>(m_data);
    }
    const Dict& dict() const { return *std::get<std::shared_ptr<const Dict>>(m_data); }
    const std::shared_ptr<const Dict>& sharedDict() const
    {
        return std::get<std::shared_ptr<const Dict>>(m_data);
    }
    Object& object() const { return *std::get<std::shared_ptr<Object>>(m_data); }
    const std::shared_ptr<Object>& sharedObject() const { return std::get<std::shared_ptr<Object>>(m_data); }

    // The field all of this value came from; kOwn for none (a string may still have marks).
    Source source() const { return m_source; }
    Value withSource(Source source) const;

    // How deep containers lie in each other; 0 for the others.
    int nesting() const;
    // Same object, as Python's "is".
    bool isSame(const Value& other) const;

private:
    std::variant<std::monostate, std::shared_ptr<const Missing>, bool, std::int64_t, double,
                 std::shared_ptr<const Text>, std::shared_ptr<const Items>, std::shared_ptr<const Dict>,
                 std::shared_ptr<Object>>
        m_data;
    Source m_source = kOwn;
};

using Values = std::vector<Value>;

} // namespace lens::jinja
