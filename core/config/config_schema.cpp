// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_schema.h"

#include "core/config/config_field.h"

#include <cmath>

namespace lens {
namespace {

// 1 rather than 1.0 where the bound is whole.
Json bound(double value)
{
    if (std::floor(value) == value && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    if (std::floor(value) == value && std::abs(value) < 1e16)
        return static_cast<std::uint64_t>(value);
    return value;
}

void addRange(Json& schema, const FieldRange& range)
{
    if (std::isfinite(range.low))
        schema[range.lowOpen ? "exclusiveMinimum" : "minimum"] = bound(range.low);
    if (std::isfinite(range.high))
        schema[range.highOpen ? "exclusiveMaximum" : "maximum"] = bound(range.high);
}

void addText(Json& schema, const ConfigField& field)
{
    schema["type"] = "string";
    if (field.required)
        schema["minLength"] = 1;
    if (field.pattern)
        schema["pattern"] = "^(?:" + std::string(field.pattern) + ")$";
}

void addKind(Json& schema, const ConfigField& field)
{
    switch (field.kind()) {
    case FieldKind::Integer:
        schema["type"] = "integer";
        addRange(schema, field.range);
        break;
    case FieldKind::Number:
        schema["type"] = "number";
        addRange(schema, field.range);
        break;
    case FieldKind::Boolean:
        schema["type"] = "boolean";
        break;
    case FieldKind::Text:
    case FieldKind::Path:
        addText(schema, field);
        break;
    case FieldKind::Choice:
        schema["enum"] = Json::array();
        for (const std::string_view name : field.choices())
            schema["enum"].push_back(name);
        break;
    case FieldKind::TextList:
        schema["type"] = "array";
        schema["items"] = {{"type", "string"}};
        break;
    case FieldKind::WholeNumberList:
        schema["type"] = "array";
        schema["items"] = {{"type", "integer"}};
        addRange(schema["items"], field.range);
        break;
    case FieldKind::Pattern: {
        const bool whole = std::holds_alternative<FieldAccess<RankPattern>>(field.member);
        schema["type"] = "object";
        schema["additionalProperties"] = {{"type", whole ? "integer" : "number"}};
        addRange(schema["additionalProperties"], field.range);
        break;
    }
    case FieldKind::ModuleNames:
        schema["anyOf"] = {{{"type", "string"}},
                           {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}}};
        break;
    case FieldKind::TargetModules:
        schema["anyOf"] = {
            {{"type", "string"}, {"minLength", 1}},
            {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}, {"minLength", 1}}}}};
        break;
    }
}

Json fieldSchema(const ConfigField& field)
{
    Json schema = {{"title", field.label}, {"description", field.description}};
    addKind(schema, field);
    if (!field.required || field.pattern)
        schema["default"] = fieldValue(field, RunConfig{});
    return schema;
}

Json objectSchema()
{
    return {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
}

// An empty default is no answer: such a setting has to be there, and its section too.
bool mustBeThere(const ConfigField& field)
{
    return field.required && fieldValue(field, RunConfig{}) == "";
}

} // namespace

Json configSchema()
{
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "Training Lens: configuration of a run"}};
    schema.update(objectSchema());
    schema["properties"]["$schema"] = {{"type", "string"}};
    schema["required"] = Json::array();
    for (const ConfigField& field : configFields()) {
        if (!*field.section) {
            schema["properties"][field.key] = fieldSchema(field);
            continue;
        }
        Json& sections = schema["properties"];
        if (!sections.contains(field.section))
            sections[field.section] = objectSchema();
        sections[field.section]["properties"][field.key] = fieldSchema(field);
        if (mustBeThere(field)) {
            sections[field.section]["required"].push_back(field.key);
            schema["required"].push_back(field.section);
        }
    }
    return schema;
}

} // namespace lens
