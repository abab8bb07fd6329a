// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/family_settings.h"

namespace lens {
namespace {

constexpr auto kConfigured = BiasRule::Configured;
constexpr auto kAlways = BiasRule::Always;

const FamilySettings kFamilies[] = {
    {
        .name = "llama",
        .queryKeyValueBias = kConfigured,
        .outputBias = kConfigured,
        .mlpBias = kConfigured,
        .bosId = 1,
        .eosId = 2,
    },
    {
        .name = "mistral",
        .maxPositions = 131072,
        .keyValueHeads = 8,
        .window = WindowRule::AllLayers,
        .slidingWindow = 4096,
        .bosId = 1,
        .eosId = 2,
    },
    {
        .name = "qwen2",
        .maxPositions = 32768,
        .keyValueHeads = 32,
        .queryKeyValueBias = kAlways,
        .window = WindowRule::FromLayer,
        .slidingWindow = 4096,
    },
    {
        .name = "qwen3",
        .maxPositions = 32768,
        .keyValueHeads = 32,
        .headDim = 128,
        .queryKeyValueBias = kConfigured,
        .outputBias = kConfigured,
        .window = WindowRule::FromLayer,
        .slidingWindow = 4096,
    },
    {
        // Since 4.48 transformers reads hidden_act here; the hidden_activation beside it is not looked at.
        .name = "gemma",
        .maxPositions = 8192,
        .keyValueHeads = 16,
        .headDim = 256,
        .activation = "gelu_pytorch_tanh",
        .tied = true,
        .queryKeyValueBias = kConfigured,
        .outputBias = kConfigured,
        .scaledEmbeddings = true,
        .unsupportedSwitch = "use_bidirectional_attention",
        .bosId = 2,
        .eosId = 1,
        .padId = 0,
    },
    {
        .name = "gemma2",
        .activationKey = "hidden_activation",
        .maxPositions = 8192,
        .keyValueHeads = 4,
        .headDim = 256,
        .activation = "gelu_pytorch_tanh",
        .tied = true,
        .queryKeyValueBias = kConfigured,
        .outputBias = kConfigured,
        .window = WindowRule::EverySecond,
        .slidingWindow = 4096,
        .scaledEmbeddings = true,
        .queryScalar = 256,
        .attentionSoftcap = 50,
        .logitSoftcap = 30,
        .unsupportedSwitch = "use_bidirectional_attention",
        .bosId = 2,
        .eosId = 1,
        .padId = 0,
    },
    {
        .name = "phi3",
        .maxPositions = 4096,
        .normEps = 1e-5,
        .rope = {.mayBePartial = true, .originalMaxPositions = 4096, .onlyLongRope = true},
        .window = WindowRule::AllLayers,
        .residualDropoutKey = "resid_pdrop",
        .bosId = 1,
        .eosId = 32000,
        .padId = 32000,
    },
    {
        .name = "gpt2",
        .hiddenKey = "n_embd",
        .innerKey = "n_inner",
        .layersKey = "n_layer",
        .headsKey = "n_head",
        .positionsKey = "n_positions",
        .normEpsKey = "layer_norm_epsilon",
        .activationKey = "activation_function",
        .maxPositions = 1024,
        .groupedHeads = false,
        .ownHeadDim = false,
        .innerFactor = 4,
        .normEps = 1e-5,
        .activation = "gelu_new",
        .tied = true,
        .queryKeyValueBias = kAlways,
        .outputBias = kAlways,
        .mlpBias = kAlways,
        .rotary = false,
        .gptScores = true,
        .attentionDropoutKey = "attn_pdrop",
        .residualDropoutKey = "resid_pdrop",
        .embeddingDropoutKey = "embd_pdrop",
        .dropout = 0.1,
        .unsupportedSwitch = "add_cross_attention",
        .bosId = 50256,
        .eosId = 50256,
    },
    {
        .name = "gpt_neox",
        .normEpsKey = "layer_norm_eps",
        .maxPositions = 2048,
        .groupedHeads = false,
        .ownHeadDim = false,
        .normEps = 1e-5,
        .activation = "gelu",
        .queryKeyValueBias = kConfigured,
        .outputBias = kConfigured,
        .mlpBias = kAlways,
        .attentionBias = true,
        .rope = {.thetaKey = "rotary_emb_base",
                 .partialKey = "rotary_pct",
                 .partial = 0.25,
                 .mayBePartial = true},
        .parallelResidual = true,
        .residualDropoutKey = "hidden_dropout",
        .embeddingDropoutKey = "hidden_dropout",
        .bosId = 0,
        .eosId = 2,
    },
};

} // namespace

std::span<const FamilySettings> familySettings()
{
    return kFamilies;
}

} // namespace lens
