// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/rope_config.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lens {
namespace {

constexpr std::int64_t kMaxPositions = std::int64_t{1} << 31;

struct NamedKind {
    const char* name;
    RopeKind kind;
};

constexpr NamedKind kKinds[] = {{"default", RopeKind::Default},   {"linear", RopeKind::Linear},
                                {"dynamic", RopeKind::Dynamic},   {"yarn", RopeKind::Yarn},
                                {"longrope", RopeKind::LongRope}, {"llama3", RopeKind::Llama3}};

// phi3's names for the one scaling that it has.
constexpr NamedKind kLongRopeKinds[] = {{"default", RopeKind::Default},
                                        {"longrope", RopeKind::LongRope},
                                        {"su", RopeKind::LongRope},
                                        {"yarn", RopeKind::LongRope}};

// Of the rotary object. A key of another rope type changes nothing (transformers warns of it); "finetuned" is
// a note.
constexpr const char* kKnownKeys[] = {"rope_type",
                                      "type",
                                      "rope_theta",
                                      "partial_rotary_factor",
                                      "original_max_position_embeddings",
                                      "factor",
                                      "mscale",
                                      "mscale_all_dim",
                                      "attention_factor",
                                      "beta_fast",
                                      "beta_slow",
                                      "truncate",
                                      "short_factor",
                                      "long_factor",
                                      "low_freq_factor",
                                      "high_freq_factor",
                                      "finetuned"};

template <std::size_t count>
std::optional<RopeKind> kindNamed(const NamedKind (&kinds)[count], const std::string& name,
                                  std::string& known)
{
    for (const NamedKind& kind : kinds) {
        if (name == kind.name)
            return kind.kind;
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    }
    return std::nullopt;
}

RopeKind readKind(const JsonFields& inner, const RopeRules& rules)
{
    // "type" is the older spelling of "rope_type".
    const char* key = inner.has("rope_type") ? "rope_type" : "type";
    const std::string name = inner.text(key, "default");
    std::string known;
    const auto kind =
        rules.onlyLongRope ? kindNamed(kLongRopeKinds, name, known) : kindNamed(kKinds, name, known);
    if (!kind)
        inner.problem(key, "rope type \"" + name + "\" is not supported", "known: " + known);
    return kind.value_or(RopeKind::Default);
}

void requireKnownKeys(const JsonFields& inner, const Json& object)
{
    for (const auto& item : object.items()) {
        const Json& value = item.value();
        const bool says =
            !value.is_null() && value != Json(false) && !(value.is_structured() && value.empty());
        const auto same = [&](const char* key) { return item.key() == key; };
        if (value.is_object() && !value.empty())
            inner.problem(item.key().c_str(), "rotary settings per layer type are not supported");
        else if (says && std::none_of(std::begin(kKnownKeys), std::end(kKnownKeys), same))
            inner.problem(item.key().c_str(), "this rotary setting is not known");
    }
}

void readLlama3(const JsonFields& inner, RopeConfig& rope)
{
    rope.factor = inner.requiredNumber("factor", 1e-6, 1e9);
    rope.lowFreqFactor = inner.requiredNumber("low_freq_factor", 1e-6, 1e6);
    rope.highFreqFactor = inner.requiredNumber("high_freq_factor", 1e-6, 1e6);
    if (rope.originalMaxPositions == 0)
        inner.problem("original_max_position_embeddings", "is missing");
    if (rope.highFreqFactor <= rope.lowFreqFactor)
        inner.problem("high_freq_factor", "is not above low_freq_factor");
}

// Without a factor of its own a scaling reaches from the trained length to max_position_embeddings. (Where a
// factor says otherwise transformers 4.52 took the ratio for yarn, 5.0 takes the factor, as its paper does.)
double factorOf(const JsonFields& inner, const RopeConfig& rope)
{
    const double ratio =
        static_cast<double>(rope.maxPositions) / static_cast<double>(rope.originalMaxPositions);
    return inner.number("factor", ratio, 1e-6, 1e9);
}

// Temperature of attention over extended rows, equation 22 of Peng et al. 2023 (arXiv 2309.00071).
double yarnScale(double factor, double weight)
{
    return factor <= 1 ? 1 : 0.1 * weight * std::log(factor) + 1;
}

void readYarn(const JsonFields& inner, RopeConfig& rope)
{
    if (rope.originalMaxPositions == 0)
        rope.originalMaxPositions = rope.maxPositions;
    rope.factor = factorOf(inner, rope);
    const double mscale = inner.number("mscale", 0, 0, 1e6);
    const double mscaleAll = inner.number("mscale_all_dim", 0, 0, 1e6);
    const double usual = mscale > 0 && mscaleAll > 0
                             ? yarnScale(rope.factor, mscale) / yarnScale(rope.factor, mscaleAll)
                             : yarnScale(rope.factor, 1);
    rope.attentionFactor = inner.number("attention_factor", usual, 1e-9, 1e9);
    const auto orUsual = [&](const char* key, double fallback) {
        const double value = inner.number(key, 0, 0, 1e6);
        return value > 0 ? value : fallback;
    };
    rope.betaFast = orUsual("beta_fast", 32);
    rope.betaSlow = orUsual("beta_slow", 1);
    rope.truncate = inner.boolean("truncate", true);
    if (rope.theta <= 1)
        inner.problem("rope_theta", "has to be above 1 for yarn");
}

std::vector<double> readFactors(const JsonFields& inner, const char* key, std::int64_t rotaryDim)
{
    std::vector<double> factors;
    if (!inner.has(key)) {
        inner.problem(key, "is missing");
        return factors;
    }
    bool good = inner.at(key).is_array();
    for (const Json& item : inner.at(key)) {
        factors.push_back(jsonNumber(item));
        good = good && factors.back() >= 1e-9 && factors.back() <= 1e9;
    }
    if (!good)
        inner.problem(key, "found " + shownJson(inner.at(key)) + ", a list of positive numbers is needed");
    else if (static_cast<std::int64_t>(factors.size()) != rotaryDim / 2)
        inner.problem(key, "has " + std::to_string(factors.size()) + " factors for " +
                               std::to_string(rotaryDim / 2) + " frequencies");
    return factors;
}

// Attention factor as in Ding et al. 2024 (arXiv 2402.13753), section 4.
void readLongRope(const JsonFields& inner, RopeConfig& rope)
{
    if (rope.originalMaxPositions == 0)
        rope.originalMaxPositions = rope.maxPositions;
    rope.shortFactors = readFactors(inner, "short_factor", rope.rotaryDim);
    rope.longFactors = readFactors(inner, "long_factor", rope.rotaryDim);
    rope.factor = factorOf(inner, rope);
    double usual = 1;
    if (rope.factor > 1 && rope.originalMaxPositions > 1)
        usual =
            std::sqrt(1 + std::log(rope.factor) / std::log(static_cast<double>(rope.originalMaxPositions)));
    rope.attentionFactor = inner.number("attention_factor", usual, 1e-9, 1e9);
}

void readScaling(const JsonFields& inner, RopeConfig& rope)
{
    switch (rope.kind) {
    case RopeKind::Default:
        break;
    case RopeKind::Linear:
        rope.factor = inner.requiredNumber("factor", 1e-6, 1e9);
        break;
    case RopeKind::Dynamic:
        rope.factor = inner.requiredNumber("factor", 1e-6, 1e9);
        if (rope.rotaryDim <= 2)
            inner.problem("rope_type", "dynamic scaling needs more than 2 rotated elements");
        break;
    case RopeKind::Yarn:
        readYarn(inner, rope);
        break;
    case RopeKind::LongRope:
        readLongRope(inner, rope);
        break;
    case RopeKind::Llama3:
        readLlama3(inner, rope);
        break;
    }
}

void readRotaryDim(const JsonFields& fields, const RopeRules& rules, double share, std::int64_t headDim,
                   RopeConfig& rope)
{
    rope.rotaryDim = static_cast<std::int64_t>(static_cast<double>(headDim) * share);
    if (share != 1 && !rules.mayBePartial)
        fields.problem(rules.partialKey, "partial rotation is not supported in this family");
    else if (rope.rotaryDim % 2 != 0 || rope.rotaryDim == 0)
        fields.problem(share == 1 ? "head_dim" : rules.partialKey,
                       "found " + std::to_string(rope.rotaryDim) + " rotated elements of a head of " +
                           std::to_string(headDim) + ", rotation needs an even size");
}

} // namespace

RopeConfig readRopeConfig(const JsonFields& fields, const std::string& where, const RopeRules& rules,
                          std::int64_t headDim, std::int64_t maxPositions, std::vector<Problem>& problems)
{
    RopeConfig rope;
    rope.maxPositions = maxPositions;
    rope.theta = fields.number(rules.thetaKey, 10000, 1e-3, 1e15);
    rope.originalMaxPositions =
        fields.integer("original_max_position_embeddings", rules.originalMaxPositions, 1, kMaxPositions);
    double share = fields.number(rules.partialKey, rules.partial, 0, 1);
    // 5.x puts everything into rope_parameters, 4.x uses rope_theta beside rope_scaling; 5.x reads both, the
    // older one first.
    const char* key = fields.has("rope_scaling") ? "rope_scaling" : "rope_parameters";
    if (!fields.has(key)) {
        readRotaryDim(fields, rules, share, headDim, rope);
        return rope;
    }
    const JsonFields inner(fields.at(key), where + ": " + key, problems);
    rope.theta = inner.number("rope_theta", rope.theta, 1e-3, 1e15);
    share = inner.number("partial_rotary_factor", share, 0, 1);
    readRotaryDim(fields, rules, share, headDim, rope);
    rope.kind = readKind(inner, rules);
    if (fields.at(key).is_object())
        requireKnownKeys(inner, fields.at(key));
    // Where it stands in both places transformers takes the outer one.
    const std::int64_t original =
        inner.integer("original_max_position_embeddings", rope.originalMaxPositions, 1, kMaxPositions);
    if (rope.originalMaxPositions == 0)
        rope.originalMaxPositions = original;
    readScaling(inner, rope);
    return rope;
}

} // namespace lens
