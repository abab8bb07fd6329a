// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The schema says of every value what the parser says of it. The validator here knows the keywords that the
// schema uses and fails on any other, so a new keyword has to be taught to it.
#include "core/config/config_field.h"
#include "core/config/config_parser.h"
#include "core/config/config_schema.h"
#include "core/config/config_template.h"

#include <QTest>

#include <cmath>
#include <regex>
#include <set>

using namespace lens;

namespace {

bool accepts(const Json& schema, const Json& value);

bool isOfType(const std::string& type, const Json& value)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "number")
        return value.is_number();
    return type == "integer" && value.is_number() && std::floor(value.get<double>()) == value.get<double>();
}

bool acceptsObject(const Json& schema, const Json& value)
{
    for (const Json& name : schema.value("required", Json::array()))
        if (!value.contains(name.get<std::string>()))
            return false;
    for (const auto& item : value.items()) {
        const Json& properties = schema["properties"];
        if (!properties.contains(item.key())) {
            if (schema["additionalProperties"] == false)
                return false;
        } else if (!accepts(properties[item.key()], item.value())) {
            return false;
        }
    }
    return true;
}

bool acceptsKeyword(const std::string& keyword, const Json& wanted, const Json& value)
{
    if (keyword == "type")
        return isOfType(wanted.get<std::string>(), value);
    if (keyword == "enum")
        return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    if (keyword == "anyOf")
        return std::any_of(wanted.begin(), wanted.end(),
                           [&](const Json& one) { return accepts(one, value); });
    if (keyword == "pattern")
        return !value.is_string() ||
               std::regex_search(value.get<std::string>(), std::regex(wanted.get<std::string>()));
    if (keyword == "minLength")
        return !value.is_string() || value.get<std::string>().size() >= wanted.get<std::size_t>();
    if (keyword == "minItems")
        return !value.is_array() || value.size() >= wanted.get<std::size_t>();
    if (keyword == "items")
        return !value.is_array() || std::all_of(value.begin(), value.end(),
                                                [&](const Json& item) { return accepts(wanted, item); });
    if (!value.is_number())
        return true;
    const double number = value.get<double>();
    if (keyword == "minimum")
        return number >= wanted.get<double>();
    if (keyword == "maximum")
        return number <= wanted.get<double>();
    if (keyword == "exclusiveMinimum")
        return number > wanted.get<double>();
    return number < wanted.get<double>(); // exclusiveMaximum
}

bool accepts(const Json& schema, const Json& value)
{
    static const std::set<std::string> kNotes = {"title",      "description",          "default", "$schema",
                                                 "properties", "additionalProperties", "required"};
    static const std::set<std::string> kKeywords = {
        "type",  "enum",    "anyOf",   "pattern",          "minLength",       "minItems",
        "items", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"};
    for (const auto& item : schema.items()) {
        if (kNotes.count(item.key()))
            continue;
        if (!kKeywords.count(item.key()))
            qFatal("unknown keyword %s", item.key().c_str());
        if (!acceptsKeyword(item.key(), item.value(), value))
            return false;
    }
    return !schema.contains("properties") || (value.is_object() && acceptsObject(schema, value));
}

Json smallest()
{
    return Json::parse("{\"model\": {\"path\": \"m\"}, \"data\": {\"train_file\": \"d.jsonl\"}}");
}

// Values at and around every edge of a field, and of every wrong kind.
std::vector<Json> probes(const ConfigField& field)
{
    std::vector<Json> values = {nullptr,
                                true,
                                "x",
                                "",
                                5,
                                -1,
                                0,
                                0.5,
                                1e300,
                                Json::array(),
                                Json{"a"},
                                Json{1},
                                Json::object(),
                                "auto",
                                "cuda:0",
                                "cuda:",
                                "cpu x",
                                "pissa",
                                "pissa_niter_",
                                "pissa_niter_4"};
    for (const double edge : {field.range.low, field.range.high}) {
        if (!std::isfinite(edge))
            continue;
        for (const double value : {edge, std::nextafter(edge, 1e300), std::nextafter(edge, -1e300)})
            values.emplace_back(value);
        values.emplace_back(static_cast<std::int64_t>(edge));
        if (edge > 1)
            values.emplace_back(static_cast<std::int64_t>(edge) + 1);
    }
    for (const std::string_view name : field.choices())
        values.emplace_back(name);
    return values;
}

} // namespace

class TestConfigSchema : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheParserOnEveryValue()
    {
        const Json schema = configSchema();
        for (const ConfigField& field : configFields()) {
            int accepted = 0;
            int refused = 0;
            for (const Json& value : probes(field)) {
                Json json = smallest();
                (*field.section ? json[field.section] : json)[field.key] = value;
                std::vector<Problem> problems;
                parseConfig(json, problems);
                // What settings have to do with each other is beyond a schema.
                std::erase_if(problems, [](const Problem& problem) {
                    return problem.what.find("both 0") != std::string::npos ||
                           problem.what.find("early stopping") != std::string::npos ||
                           problem.what.find("warm-up") != std::string::npos ||
                           problem.what.find("without layers_to_transform") != std::string::npos;
                });
                const std::string label = field.path() + " = " + toJsonLine(value);
                QVERIFY2(accepts(schema, json) == problems.empty(), label.c_str());
                (problems.empty() ? accepted : refused) += 1;
            }
            QVERIFY2(accepted > 0 && refused > 0, field.path().c_str());
        }
    }

    void acceptsTemplatesAndRefusesUnknownKeys()
    {
        const Json schema = configSchema();
        for (const FieldLevel level : {FieldLevel::Basic, FieldLevel::Advanced, FieldLevel::Research}) {
            const auto text = commentedConfig(templateConfig(level), level, kSchemaFileName);
            QVERIFY(accepts(schema, parseJson(text, "template", true)));
        }
        Json json = smallest();
        QVERIFY(accepts(schema, json));
        json["training"]["learning_rat"] = 1;
        QVERIFY(!accepts(schema, json));
        QVERIFY(!accepts(schema, Json::object()));
    }

    void statesItsDraft()
    {
        QVERIFY(configSchema()["$schema"] == "https://json-schema.org/draft/2020-12/schema");
        QVERIFY(configSchema()["properties"]["adapter"]["properties"]["r"]["maximum"] == 16384);
        QVERIFY(!configSchema()["properties"]["model"]["properties"]["path"].contains("default"));
    }
};

QTEST_GUILESS_MAIN(TestConfigSchema)
#include "test_config_schema.moc"
