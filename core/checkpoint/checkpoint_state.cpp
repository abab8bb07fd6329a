// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/checkpoint_state.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint_layout.h"

#include <cmath>

namespace lens {
namespace {

constexpr std::size_t kMaxStateBytes = 64u << 20;

std::string hexText(const std::vector<std::uint8_t>& bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

int hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

std::optional<std::vector<std::uint8_t>> bytesOfHex(const std::string& text)
{
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return text.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

// Reads fields one by one and collects every problem.
class FieldReader {
public:
    FieldReader(const Json& json, const std::string& where) : m_json(json), m_where(where) {}

    void read(const char* name, std::uint64_t& value)
    {
        const Json* field = find(name);
        if (field && field->is_number_unsigned())
            value = field->get<std::uint64_t>();
        else
            complain(name, "a whole number");
    }
    void read(const char* name, double& value)
    {
        const Json* field = find(name);
        if (field && (field->is_number() || field->is_string()))
            value = jsonNumber(*field);
        else
            complain(name, "a number");
    }
    void read(const char* name, std::optional<double>& value)
    {
        const Json* field = find(name);
        if (field && !field->is_null())
            value = jsonNumber(*field);
    }
    void read(const char* name, std::optional<std::uint64_t>& value)
    {
        const Json* field = find(name);
        if (field && field->is_number_unsigned())
            value = field->get<std::uint64_t>();
    }
    void read(const char* name, bool& value)
    {
        const Json* field = find(name);
        if (field && field->is_boolean())
            value = field->get<bool>();
        else
            complain(name, "true or false");
    }
    void read(const char* name, Json& value)
    {
        const Json* field = find(name);
        if (field && field->is_object())
            value = *field;
        else
            complain(name, "an object");
    }
    void readHex(const char* name, std::vector<std::uint8_t>& value)
    {
        const Json* field = find(name);
        const auto bytes = field && field->is_string() ? bytesOfHex(field->get<std::string>()) : std::nullopt;
        if (bytes)
            value = *bytes;
        else
            complain(name, "hexadecimal text");
    }
    void finish() { throwIfAny(std::move(m_problems)); }

private:
    const Json* find(const char* name) const
    {
        const auto field = m_json.find(name);
        return field == m_json.end() ? nullptr : &*field;
    }
    void complain(const char* name, const char* expected)
    {
        m_problems.push_back({std::string("is not ") + expected, m_where + ": " + name, {}});
    }

    const Json& m_json;
    std::string m_where;
    std::vector<Problem> m_problems;
};

Json optionalJson(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

} // namespace

Json toJson(const CheckpointState& state)
{
    Json json;
    json["version"] = 1;
    json["step"] = state.step;
    json["epoch"] = state.epoch;
    json["row"] = state.row;
    json["rows"] = state.rows;
    json["optimizer_steps"] = state.optimizerSteps;
    json["skipped_steps"] = state.skippedSteps;
    json["tokens"] = state.tokens;
    json["trained_tokens"] = state.trainedTokens;
    json["seconds"] = state.seconds;
    json["best_loss"] = optionalJson(state.bestLoss);
    json["best_step"] = state.bestStep;
    json["patience_loss"] = optionalJson(state.patienceLoss);
    json["evaluations_without_gain"] = static_cast<std::uint64_t>(state.evaluationsWithoutGain);
    json["last_evaluated_step"] = state.lastEvaluatedStep ? Json(*state.lastEvaluatedStep) : Json();
    json["has_gradient"] = state.hasGradient;
    json["logged_loss_sum"] = state.loggedLossSum;
    json["logged_steps"] = state.loggedSteps;
    json["settings"] = state.settings;
    json["watch"] = state.watch;
    json["generator"] = hexText(state.generator);
    return json;
}

CheckpointState checkpointStateFromJson(const Json& json, const std::string& where)
{
    if (!json.is_object())
        throw Error("is not a JSON object", where);
    CheckpointState state;
    std::uint64_t withoutGain = 0;
    FieldReader reader(json, where);
    reader.read("step", state.step);
    reader.read("epoch", state.epoch);
    reader.read("row", state.row);
    reader.read("rows", state.rows);
    reader.read("optimizer_steps", state.optimizerSteps);
    reader.read("skipped_steps", state.skippedSteps);
    reader.read("tokens", state.tokens);
    reader.read("trained_tokens", state.trainedTokens);
    reader.read("seconds", state.seconds);
    reader.read("best_loss", state.bestLoss);
    reader.read("best_step", state.bestStep);
    reader.read("patience_loss", state.patienceLoss);
    reader.read("evaluations_without_gain", withoutGain);
    reader.read("last_evaluated_step", state.lastEvaluatedStep);
    reader.read("has_gradient", state.hasGradient);
    reader.read("logged_loss_sum", state.loggedLossSum);
    reader.read("logged_steps", state.loggedSteps);
    reader.read("settings", state.settings);
    reader.read("watch", state.watch);
    reader.readHex("generator", state.generator);
    reader.finish();
    state.evaluationsWithoutGain = static_cast<int>(withoutGain);
    return state;
}

CheckpointState readCheckpointState(const std::filesystem::path& checkpointFolder)
{
    const std::filesystem::path path = checkpointFolder / kCheckpointState;
    return checkpointStateFromJson(readJsonFile(path, false, kMaxStateBytes), path.string());
}

} // namespace lens
