// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What tells the tensors of the model families apart, as rows of data: the one decoder (decoder.h) reads a
// row, no family has code of its own. What config.json says of a family is the other half of its description
// (core/model_files/family_settings.cpp). A new family is a row in each, and a new kind of a part where it
// has one.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace lens {

enum class NormKind {
    Rms,        // x / rms(x) · weight
    RmsOnePlus, // x / rms(x) · (1 + weight)
    Layer,      // (x − mean) / deviation · weight + bias
};

// How the rows of a fused query-key-value module are ordered.
enum class FusedOrder {
    Blocks, // all queries, all keys, all values
    ByHead, // query, key and value of the first head, of the second, …
};

// Module paths as transformers names them; those of a layer follow "<layers>.<index>.". An empty one is not
// there, and what is there tells the form of a layer.
struct ModuleNames {
    std::string_view base = "model"; // of all but the head; a file of the base model alone leaves it out
    std::string_view embedding = "model.embed_tokens";
    std::string_view positions = {}; // learned ones, added to the embedding
    std::string_view layers = "model.layers";
    std::string_view beforeAttention = "input_layernorm";
    std::string_view afterAttention = {};
    std::string_view beforeFeedForward = "post_attention_layernorm";
    std::string_view afterFeedForward = {};
    std::string_view fused = {}; // query, key and value in one; those three are empty then
    std::string_view query = "self_attn.q_proj";
    std::string_view key = "self_attn.k_proj";
    std::string_view value = "self_attn.v_proj";
    std::string_view queryNorm = {}; // of each head
    std::string_view keyNorm = {};
    std::string_view output = "self_attn.o_proj";
    std::string_view gateUp = {};            // gate and up in one; those two are empty then
    std::string_view gate = "mlp.gate_proj"; // without any gate: down(act(up(x)))
    std::string_view up = "mlp.up_proj";
    std::string_view down = "mlp.down_proj";
    std::string_view finalNorm = "model.norm";
    std::string_view head = "lm_head";
};

struct Family {
    std::string_view name; // model_type of config.json
    std::string_view architecture;
    NormKind norm = NormKind::Rms;
    FusedOrder fusedOrder = FusedOrder::Blocks;
    bool inputMajor = false;       // modules of the layers are stored (in, out), GPT-2's Conv1D
    bool paddingRow = true;        // the embedding of pad_token_id starts from 0 and gets no gradient
    bool scaledOutputInit = false; // fresh weights of modules that add to x are drawn 1/√(2 · layers) smaller
    bool restartsAtRopeSwitch = false; // generation drops its cache where longrope's factors change
    std::array<std::string_view, 3> ignored = {}; // ends of the names of buffers that some files hold
    ModuleNames names = {};
};

// Throws Error naming the known families if there is no such row.
const Family& familyNamed(const std::string& name);

} // namespace lens
