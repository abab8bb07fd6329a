// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/family.h"

#include "core/base/error.h"

namespace lens {
namespace {

// Biases, windows, rotary scaling and tied embeddings are in config.json, not here.
constexpr Family kFamilies[] = {
    {.name = "llama", .architecture = "LlamaForCausalLM"},
    {.name = "mistral", .architecture = "MistralForCausalLM"},
    {.name = "qwen2", .architecture = "Qwen2ForCausalLM"},
    {
        .name = "qwen3",
        .architecture = "Qwen3ForCausalLM",
        .names = {.queryNorm = "self_attn.q_norm", .keyNorm = "self_attn.k_norm"},
    },
    {.name = "gemma", .architecture = "GemmaForCausalLM", .norm = NormKind::RmsOnePlus},
    {
        .name = "gemma2",
        .architecture = "Gemma2ForCausalLM",
        .norm = NormKind::RmsOnePlus,
        .names = {.afterAttention = "post_attention_layernorm",
                  .beforeFeedForward = "pre_feedforward_layernorm",
                  .afterFeedForward = "post_feedforward_layernorm"},
    },
    {
        .name = "phi3",
        .architecture = "Phi3ForCausalLM",
        .restartsAtRopeSwitch = true,
        .names = {.fused = "self_attn.qkv_proj",
                  .query = {},
                  .key = {},
                  .value = {},
                  .gateUp = "mlp.gate_up_proj",
                  .gate = {},
                  .up = {}},
    },
    {
        .name = "gpt2",
        .architecture = "GPT2LMHeadModel",
        .norm = NormKind::Layer,
        .inputMajor = true,
        .paddingRow = false,
        .scaledOutputInit = true,
        .ignored = {".attn.bias", ".attn.masked_bias"},
        .names = {.base = "transformer",
                  .embedding = "transformer.wte",
                  .positions = "transformer.wpe",
                  .layers = "transformer.h",
                  .beforeAttention = "ln_1",
                  .beforeFeedForward = "ln_2",
                  .fused = "attn.c_attn",
                  .query = {},
                  .key = {},
                  .value = {},
                  .output = "attn.c_proj",
                  .gate = {},
                  .up = "mlp.c_fc",
                  .down = "mlp.c_proj",
                  .finalNorm = "transformer.ln_f"},
    },
    {
        .name = "gpt_neox",
        .architecture = "GPTNeoXForCausalLM",
        .norm = NormKind::Layer,
        .fusedOrder = FusedOrder::ByHead,
        .paddingRow = false,
        .ignored = {".attention.bias", ".attention.masked_bias"},
        .names = {.base = "gpt_neox",
                  .embedding = "gpt_neox.embed_in",
                  .layers = "gpt_neox.layers",
                  .fused = "attention.query_key_value",
                  .query = {},
                  .key = {},
                  .value = {},
                  .output = "attention.dense",
                  .gate = {},
                  .up = "mlp.dense_h_to_4h",
                  .down = "mlp.dense_4h_to_h",
                  .finalNorm = "gpt_neox.final_layer_norm",
                  .head = "embed_out"},
    },
};

} // namespace

const Family& familyNamed(const std::string& name)
{
    std::string known;
    for (const Family& family : kFamilies) {
        if (family.name == name)
            return family;
        known += (known.empty() ? "" : ", ") + std::string(family.name);
    }
    throw Error("the decoder does not know the model family " + name, "model_type", "known: " + known);
}

} // namespace lens
