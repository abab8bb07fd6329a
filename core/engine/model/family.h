// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What tells the model families apart, as rows of data: the one decoder (decoder.h) reads a row, no family
// has code of its own. A new family is a new row, and a new kind of a part where it has one.
#pragma once

#include <string>
#include <string_view>

namespace lens {

enum class NormKind { Rms }; // x / rms(x) · weight

// Of the feed-forward block: down(act(gate(x)) · up(x)).
enum class FeedForwardKind { Gated };

// Module paths as in the model file; those of a layer follow "<layers>.<index>.".
struct ModuleNames {
    std::string_view embedding = "model.embed_tokens";
    std::string_view layers = "model.layers";
    std::string_view inputNorm = "input_layernorm";
    std::string_view attentionNorm = "post_attention_layernorm"; // before the feed-forward block
    std::string_view query = "self_attn.q_proj";
    std::string_view key = "self_attn.k_proj";
    std::string_view value = "self_attn.v_proj";
    std::string_view output = "self_attn.o_proj";
    std::string_view gate = "mlp.gate_proj";
    std::string_view up = "mlp.up_proj";
    std::string_view down = "mlp.down_proj";
    std::string_view finalNorm = "model.norm";
    std::string_view head = "lm_head";
};

struct Family {
    std::string_view name; // model_type of config.json
    std::string_view architecture;
    NormKind norm = NormKind::Rms;
    FeedForwardKind feedForward = FeedForwardKind::Gated;
    ModuleNames names = {};
};

// Throws Error naming the known families if there is no such row.
const Family& familyNamed(const std::string& name);

} // namespace lens
