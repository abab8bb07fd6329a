// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_fields.h"

namespace lens {

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

const Json* presentField(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string notA(const char* kind, const Json& value)
{
    return std::string("is not ") + kind + " but " + value.type_name();
}

Json jsonOrText(const Json& value)
{
    if (!value.is_string())
        return value;
    try {
        return parseJson(value.get_ref<const std::string&>(), {});
    } catch (const Error&) {
        return value;
    }
}

std::optional<std::string> textField(const Json& object, const char* key, TextField kind,
                                     const std::string& where, RowProblems& problems)
{
    const std::string path = where + ": " + key;
    const auto found = object.find(key);
    if (found == object.end()) {
        problems.add("is missing", path);
        return std::nullopt;
    }
    if (!found->is_string()) {
        problems.add(notA("a string", *found), path);
        return std::nullopt;
    }
    auto text = found->get<std::string>();
    if (kind == TextField::NotEmpty && isBlank(text)) {
        problems.add("is empty", path);
        return std::nullopt;
    }
    return text;
}

} // namespace lens
