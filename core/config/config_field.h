// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one table of settings. Parsing, checking, the JSON Schema, writing back, --set, templates and the
// form's labels and tooltips all follow from it; nothing else lists the settings.
#pragma once

#include "core/base/json.h"
#include "core/base/translate.h"
#include "core/config/run_config.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lens {

// Where a setting appears first: templates of `init`, and what the form shows without unfolding.
enum class FieldLevel { Basic, Advanced, Research };

enum class FieldKind {
    Integer,
    Number,
    Boolean,
    Text,
    Path,
    Choice,
    TextList,
    TargetModules,
    ModuleNames,
    WholeNumberList,
    Pattern
};

// The allowed numbers.
struct FieldRange {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool lowOpen = false; // low itself is not allowed
    bool highOpen = false;

    bool holds(double value) const;
};

template <typename T>
struct FieldAccess {
    const T& (*look)(const RunConfig&);
    T& (*edit)(RunConfig&);
};
using FieldMember =
    std::variant<FieldAccess<int>, FieldAccess<std::int64_t>, FieldAccess<std::uint64_t>, FieldAccess<double>,
                 FieldAccess<bool>, FieldAccess<std::string>, FieldAccess<std::vector<std::string>>,
                 FieldAccess<ModuleSelection>, FieldAccess<std::vector<int>>, FieldAccess<RankPattern>,
                 FieldAccess<NumberPattern>, FieldAccess<Method>, FieldAccess<StorageType>,
                 FieldAccess<Quantisation>, FieldAccess<Schedule>, FieldAccess<BiasTraining>,
                 FieldAccess<OnNonFinite>, FieldAccess<DataFormat>, FieldAccess<Recompute>,
                 FieldAccess<AdapterSettings>>; // the last: target_modules, which is two members

struct ConfigField {
    const char* section; // "" at the top level
    const char* key;
    FieldMember member;
    FieldLevel level;
    const char* label;       // LENS_TR: for a form
    const char* description; // LENS_TR: for a tooltip, the schema, a comment; one or two sentences
    FieldRange range = {};   // of a number, of every number of a list or pattern
    bool isPath = false;
    bool required = false;             // may not be empty
    const char* pattern = nullptr;     // ECMAScript expression that a text must match as a whole
    const char* patternText = nullptr; // LENS_TR: the pattern in words

    std::string path() const; // "training.learning_rate", "name"
    FieldKind kind() const;
    std::span<const std::string_view> choices() const; // of a Choice, else empty
};

// In the order in which files and forms show them; sections are contiguous.
const std::vector<ConfigField>& configFields();
// By path ("training.learning_rate"), or nothing.
const ConfigField* configField(std::string_view path);
// The names of the sections in order, without the top level.
const std::vector<std::string>& configSections();

// The value as it stands in a configuration file.
Json fieldValue(const ConfigField& field, const RunConfig& config);
// What is allowed, in words: "a whole number from 1 to 16384".
std::string allowedText(const ConfigField& field, const Translator& translator = {});
// "found X, allowed Y" if the value has a wrong kind or is out of range; nothing if it is good.
std::optional<std::string> fieldTrouble(const ConfigField& field, const Json& value,
                                        const Translator& translator = {});
// Sets a value for which fieldTrouble() has nothing to say; other values are ignored.
void setField(const ConfigField& field, RunConfig& config, const Json& value);

} // namespace lens
