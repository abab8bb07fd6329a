// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The model families as config.json knows them: how each spells its settings and what transformers assumes
// where a file says nothing (its configuration_<family>.py). One row a family; model_config.cpp reads all
// with the same code. The tensors of a family are the other half of its description
// (core/engine/model/family.cpp).
#pragma once

#include "core/model_files/rope_config.h"

#include <cstdint>
#include <optional>
#include <span>

namespace lens {

enum class BiasRule { Never, Always, Configured }; // Configured: by attention_bias or mlp_bias
enum class WindowRule {
    None,
    AllLayers,   // sliding_window counts in every layer
    FromLayer,   // use_sliding_window, from max_window_layers on, or layer_types
    EverySecond, // the first, third, … layer, or layer_types
};

struct FamilySettings {
    const char* name; // model_type

    // Keys beside which the usual ones (hidden_size …) are understood too.
    const char* hiddenKey = "hidden_size";
    const char* innerKey = "intermediate_size";
    const char* layersKey = "num_hidden_layers";
    const char* headsKey = "num_attention_heads";
    const char* positionsKey = "max_position_embeddings";
    const char* normEpsKey = "rms_norm_eps";
    const char* activationKey = "hidden_act";

    std::int64_t maxPositions = 2048;
    std::int64_t keyValueHeads = 0; // 0: as many as heads
    bool groupedHeads = true;       // reads num_key_value_heads
    std::int64_t headDim = 0;       // 0: hidden_size / heads
    bool ownHeadDim = true;         // reads head_dim
    std::int64_t innerFactor = 0;   // without an inner size: this times hidden_size; 0: the size is needed
    double normEps = 1e-6;
    const char* activation = "silu";
    bool tied = false;

    BiasRule queryKeyValueBias = BiasRule::Never;
    BiasRule outputBias = BiasRule::Never;
    BiasRule mlpBias = BiasRule::Never;
    bool attentionBias = false; // default of attention_bias

    bool rotary = true; // false: learned positions
    RopeRules rope = {};

    WindowRule window = WindowRule::None;
    std::optional<std::int64_t> slidingWindow = std::nullopt; // default of sliding_window

    bool scaledEmbeddings = false;                    // times √hidden_size
    bool gptScores = false;                           // scale_attn_weights, scale_attn_by_inverse_layer_idx
    bool parallelResidual = false;                    // reads use_parallel_residual, true by default
    std::optional<double> queryScalar = std::nullopt; // default of query_pre_attn_scalar
    std::optional<double> attentionSoftcap = std::nullopt; // default of attn_logit_softcapping
    std::optional<double> logitSoftcap = std::nullopt;     // default of final_logit_softcapping

    const char* attentionDropoutKey = "attention_dropout";
    const char* residualDropoutKey = nullptr;
    const char* embeddingDropoutKey = nullptr;
    double dropout = 0; // default of all three

    // A key that is true asks for what is not here.
    const char* unsupportedSwitch = nullptr;

    std::int64_t bosId = -1; // −1: none
    std::int64_t eosId = -1;
    std::int64_t padId = -1;
};

std::span<const FamilySettings> familySettings();

} // namespace lens
