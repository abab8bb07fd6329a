// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/json_part.h"

#include "core/base/error.h"

namespace lens {
namespace {

const Json& fieldOf(const JsonPart& part, const char* key)
{
    if (!part.value.is_object())
        throw Error("is not an object", part.where);
    const auto found = part.value.find(key);
    if (found == part.value.end())
        throw Error("is missing", part.path(key));
    return *found;
}

} // namespace

bool JsonPart::has(const char* key) const
{
    if (!value.is_object())
        return false;
    const auto found = value.find(key);
    return found != value.end() && !found->is_null();
}

std::string JsonPart::text(const char* key) const
{
    const Json& field = fieldOf(*this, key);
    if (!field.is_string())
        throw Error("is not a string", path(key));
    return field.get<std::string>();
}

std::int64_t JsonPart::integer(const char* key) const
{
    const Json& field = fieldOf(*this, key);
    if (!field.is_number_integer() || (field.is_number_unsigned() && field.get<std::uint64_t>() >> 62 != 0))
        throw Error("is not a whole number", path(key));
    return field.get<std::int64_t>();
}

JsonPart JsonPart::object(const char* key) const
{
    const Json& field = fieldOf(*this, key);
    if (!field.is_object())
        throw Error("is not an object", path(key));
    return {field, path(key)};
}

std::vector<JsonPart> JsonPart::list(const char* key) const
{
    const Json& field = fieldOf(*this, key);
    if (!field.is_array())
        throw Error("is not a list", path(key));
    std::vector<JsonPart> parts;
    for (const Json& element : field)
        parts.push_back({element, path(key) + "[" + std::to_string(parts.size()) + "]"});
    return parts;
}

bool JsonPart::flag(const char* key, bool otherwise) const
{
    if (!has(key))
        return otherwise;
    if (!value[key].is_boolean())
        throw Error("is neither true nor false", path(key));
    return value[key].get<bool>();
}

std::string JsonPart::text(const char* key, const std::string& otherwise) const
{
    return has(key) ? text(key) : otherwise;
}

void refuseUnknown(const std::string& kind, const std::string& name, const std::string& where,
                   std::initializer_list<const char*> known)
{
    std::string list;
    for (const char* one : known)
        list += (list.empty() ? "" : ", ") + std::string(one);
    throw Error(kind + " \"" + name + "\" is not known", where, "known: " + list);
}

} // namespace lens
