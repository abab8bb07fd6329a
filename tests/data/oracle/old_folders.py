# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Golden folders whose files look like the first checkpoints of a family: keys left to their defaults, names without a
prefix, buffers among the tensors; or with a config that says no more than it must."""

import torch

from configs import gemma2, gpt2, gpt_neox, llama, mistral, phi3, qwen3

SIZES = ["architectures", "hidden_size", "intermediate_size", "model_type", "num_attention_heads"]
SIZES += ["num_hidden_layers", "torch_dtype", "transformers_version", "vocab_size"]
TINY = {"hidden_size": 16, "intermediate_size": 24, "vocab_size": 48}


def written(config, keys, **others):
    return {**{key: config[key] for key in sorted(keys)}, **others}


def causal_masks(prefix, layers, size, dtype):
    mask = torch.ones(size, size).tril().view(1, 1, size, size).to(dtype)
    return {f"{prefix.format(layer)}.bias": mask for layer in range(layers)}


def inverse_frequencies(prefix, layers, base, width):
    inverse = 1.0 / base ** (torch.arange(0, width, 2).float() / width)
    return {f"{prefix.format(layer)}.rotary_emb.inv_freq": inverse for layer in range(layers)}


GPT2 = gpt2()
LLAMA = llama(num_key_value_heads=4, rms_norm_eps=1e-6, num_hidden_layers=2)
NEOX = gpt_neox(torch_dtype="float16", rotary_emb_base=10000)
# One head each, as the default width of a head is large.
GEMMA2 = gemma2(
    **TINY,
    num_attention_heads=1,
    num_key_value_heads=1,
    num_hidden_layers=2,
    head_dim=256,
    query_pre_attn_scalar=256,
    attn_logit_softcapping=50.0,
    final_logit_softcapping=30.0,
    sliding_window=4096,
)
QWEN3 = qwen3(**TINY, num_attention_heads=1, num_key_value_heads=1, head_dim=128)
PHI3 = phi3(**TINY, num_attention_heads=2, num_key_value_heads=2)
MISTRAL = mistral(**{**TINY, "hidden_size": 32}, num_attention_heads=8, num_key_value_heads=8, head_dim=4, rms_norm_eps=1e-6)

OLD_FOLDERS = {
    # No `transformer.` in front, the causal masks in the file, keys that only GPT-2 ever had.
    "gpt2_bare": {
        "config": GPT2,
        "written": written(
            GPT2,
            ["activation_function", "architectures", "attn_pdrop", "bos_token_id", "embd_pdrop", "eos_token_id"]
            + ["initializer_range", "layer_norm_epsilon", "model_type", "n_embd", "n_head", "n_layer", "n_positions"]
            + ["resid_pdrop", "summary_activation", "summary_first_dropout", "summary_proj_to_labels"]
            + ["summary_type", "summary_use_proj", "vocab_size"],
            n_ctx=32,
            task_specific_params={"text-generation": {"do_sample": True, "max_length": 50}},
        ),
        "tied": True,
        "seed": 1013,
        "drop_prefix": "transformer.",
        "extra_tensors": causal_masks("h.{}.attn", 2, 32, torch.float32),
    },
    # Before grouped heads and rope_theta; the frequencies in the file.
    "llama_first": {
        "config": LLAMA,
        "written": written(
            LLAMA,
            SIZES + ["hidden_act", "initializer_range", "rms_norm_eps", "use_cache", "tie_word_embeddings"],
            bos_token_id=0,
            eos_token_id=1,
            max_sequence_length=256,
            pad_token_id=-1,
        ),
        "tied": False,
        "seed": 1030,
        "extra_tensors": inverse_frequencies("model.layers.{}.self_attn", 2, 10000.0, 8),
    },
    "gpt_neox_first": {
        "config": NEOX,
        "written": written(
            NEOX,
            SIZES
            + ["bos_token_id", "eos_token_id", "hidden_act", "initializer_range", "layer_norm_eps", "rotary_pct"]
            + ["max_position_embeddings", "rotary_emb_base", "tie_word_embeddings", "use_cache"]
            + ["use_parallel_residual"],
        ),
        "tied": False,
        "seed": 1031,
        "stored": "float16",
        "extra_tensors": {
            **causal_masks("gpt_neox.layers.{}.attention", 2, 64, torch.uint8),
            **inverse_frequencies("gpt_neox.layers.{}.attention", 2, 10000.0, 4),
            **{f"gpt_neox.layers.{i}.attention.masked_bias": torch.tensor(-1e4, dtype=torch.half) for i in range(2)},
        },
    },
    "gemma2_minimal": {
        "config": GEMMA2,
        "written": written(GEMMA2, SIZES + ["num_key_value_heads"]),
        "tied": True,
        "seed": 1032,
    },
    "qwen3_minimal": {
        "config": QWEN3,
        "written": written(QWEN3, SIZES + ["num_key_value_heads"], rope_theta=1000000),
        "tied": False,
        "seed": 1033,
    },
    "phi3_minimal": {
        "config": PHI3,
        "written": written(PHI3, SIZES + ["pad_token_id"]),  # its default lies outside a small vocabulary
        "tied": False,
        "seed": 1034,
    },
    "mistral_minimal": {"config": MISTRAL, "written": written(MISTRAL, SIZES), "tied": False, "seed": 1035},
}
