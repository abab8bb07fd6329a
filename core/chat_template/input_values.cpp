// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/input_values.h"

#include "core/chat_template/failure.h"

#include <map>

namespace lens::jinja {
namespace {

Value numberOf(const Json& json)
{
    if (json.is_number_float())
        return Value(json.get<double>());
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        overflow("an integer is too large: " + json.dump());
    return Value(json.get<std::int64_t>());
}

Value valueAt(Heap& heap, const Json& json, Source source, int depth)
{
    if (depth > kMaxNesting - 2)
        fail(FailureKind::Limit, "the data of the template is nested too deeply");
    if (json.is_string())
        return heap.text(json.get_ref<const std::string&>(), source);
    if (json.is_boolean())
        return Value(json.get<bool>()).withSource(source);
    if (json.is_number())
        return numberOf(json).withSource(source);
    if (json.is_array()) {
        Values values;
        values.reserve(json.size());
        for (const Json& one : json)
            values.push_back(valueAt(heap, one, source, depth + 1));
        return heap.list(std::move(values)).withSource(source);
    }
    if (!json.is_object())
        return Value().withSource(source);
    const std::shared_ptr<Dict> dict = heap.dict();
    for (const auto& [key, value] : json.items())
        dict->set(heap.text(key, source), valueAt(heap, value, source, depth + 1));
    return Value(std::shared_ptr<const Dict>(dict)).withSource(source);
}

} // namespace

std::size_t sizeOf(const Json& json)
{
    if (json.is_string())
        return json.get_ref<const std::string&>().size() + 2;
    std::size_t size = 8;
    if (json.is_array()) {
        for (const Json& one : json)
            size += sizeOf(one);
    } else if (json.is_object()) {
        for (const auto& [key, value] : json.items())
            size += key.size() + sizeOf(value);
    }
    return size;
}

Value valueOf(Heap& heap, const Json& json, Source source)
{
    return valueAt(heap, json, source, 0);
}

Value messagesOf(Heap& heap, const Json& messages, std::vector<MessageField>& fields)
{
    if (!messages.is_array())
        return valueOf(heap, messages);
    Values values;
    for (const Json& message : messages) {
        if (!message.is_object()) {
            values.push_back(valueOf(heap, message));
            continue;
        }
        const std::shared_ptr<Dict> dict = heap.dict();
        for (const auto& [key, value] : message.items()) {
            fields.push_back({values.size(), key});
            dict->set(heap.text(key), valueAt(heap, value, static_cast<Source>(fields.size()), 2));
        }
        values.emplace_back(std::shared_ptr<const Dict>(dict));
    }
    return heap.list(std::move(values));
}

} // namespace lens::jinja
