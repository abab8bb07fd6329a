// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions as config.json describes them: rope_theta and rope_scaling of transformers 4.x,
// rope_parameters of 5.x. Read by model_config.cpp, turned into angles by the engine.
#pragma once

#include "core/base/json_fields.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lens {

enum class RopeKind { Default, Linear, Dynamic, Yarn, LongRope, Llama3 };

struct RopeConfig {
    RopeKind kind = RopeKind::Default;
    double theta = 10000;
    std::int64_t rotaryDim = 0;            // the first elements of a head, those that are rotated
    std::int64_t maxPositions = 0;         // dynamic: longer rows raise theta
    double factor = 1;                     // linear, dynamic, yarn, llama3
    std::int64_t originalMaxPositions = 0; // yarn, longrope (longer rows use longFactors), llama3
    double attentionFactor = 1;            // yarn, longrope: cosine and sine are multiplied with it
    double lowFreqFactor = 1;              // llama3
    double highFreqFactor = 4;             // llama3
    double betaFast = 32;                  // yarn: rotations within originalMaxPositions above which …
    double betaSlow = 1;                   // … a frequency is kept, and below which it is divided by factor
    bool truncate = true;                  // yarn: both bounds are moved to whole dimensions
    std::vector<double> shortFactors;      // longrope: divisor of each frequency
    std::vector<double> longFactors;
};

// What a family adds: how its config.json spells things and what transformers assumes.
struct RopeRules {
    const char* thetaKey = "rope_theta";
    const char* partialKey = "partial_rotary_factor";
    double partial = 1;                    // share of a head that is rotated
    bool mayBePartial = false;             // the family's attention copes with a share below 1
    std::int64_t originalMaxPositions = 0; // beside, not in, rope_scaling; 0: no default
    bool onlyLongRope = false;             // rope types are default and longrope, also called su and yarn
};

// Everything wrong goes to the problems of `fields`; `where` names its file.
RopeConfig readRopeConfig(const JsonFields& fields, const std::string& where, const RopeRules& rules,
                          std::int64_t headDim, std::int64_t maxPositions, std::vector<Problem>& problems);

} // namespace lens
