# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""The list of golden folders: what each one exercises."""

from configs import (
    ALL_GPT2,
    ALL_LLAMA,
    ALL_NEOX,
    ALL_PHI3,
    adapter,
    adapter19,
    gemma,
    gemma2,
    gpt2,
    gpt_neox,
    llama,
    mistral,
    phi3,
    qwen2,
    qwen3,
    version5,
)
from old_folders import OLD_FOLDERS

# How PEFT writes "all-linear" once it has found the modules.
NEOX_PARTS = ["attention.query_key_value", "attention.dense", "mlp.dense_h_to_4h", "mlp.dense_4h_to_h"]
EVERY_NEOX = [f"gpt_neox.layers.{layer}.{part}" for layer in range(2) for part in NEOX_PARTS]
TOKENS = {"train": "tokens"}
WIDE = {"hidden_size": 32, "head_dim": 16, "num_attention_heads": 2, "num_key_value_heads": 1}
SHORT = [1.0, 1.1, 1.25, 1.5]
LONG = [1.3, 2.0, 3.5, 6.0]


def longrope(original, **changes):
    """Heads of 16 with half of them turned: four divisors."""
    scaling = {"long_factor": LONG, "short_factor": SHORT, "type": "longrope"}
    sizes = {"num_attention_heads": 2, "num_key_value_heads": 1, "partial_rotary_factor": 0.5}
    return phi3(**sizes, original_max_position_embeddings=original, rope_scaling=scaling, **changes)


def yarn(**changes):
    scaling = {"factor": 4.0, "original_max_position_embeddings": 64, "rope_type": "yarn", **changes}
    return llama(**WIDE, rope_scaling=scaling)


FOLDERS = {
    "qwen3": {
        "config": qwen3(tie_word_embeddings=True),
        "tied": True,
        "seed": 1001,
        "adapters": {
            "lora": (adapter(ALL_LLAMA), TOKENS),
            "all_linear": (adapter("all-linear"), {}),
            "head_saved": (adapter(["q_proj", "v_proj"], modules_to_save=["lm_head"]), TOKENS),
        },
    },
    "qwen3_untied": {
        "config": qwen3(attention_bias=True, num_hidden_layers=3, rope_theta=5000.0),
        "tied": False,
        "seed": 1002,
        "adapters": {
            "embeddings_saved": (adapter(ALL_LLAMA, modules_to_save=["embed_tokens", "lm_head"]), TOKENS),
            "layers": (adapter(["q_proj", "down_proj"], layers_to_transform=[0, 2], layers_pattern="layers"), {}),
        },
    },
    "gemma2": {
        "config": gemma2(),
        "tied": True,
        "seed": 1003,
        "adapters": {
            "lora": (adapter(ALL_LLAMA), {"train": "tokens", "merged": True}),
            "norms_saved": (adapter(["k_proj", "o_proj"], modules_to_save=["norm"]), {}),
        },
    },
    "gpt_neox": {
        "config": gpt_neox(),
        "tied": False,
        "seed": 1004,
        "adapters": {
            "lora": (adapter(ALL_NEOX), {"train": "tokens", "merged": True}),
            "bias_all": (adapter(["query_key_value"], bias="all"), {}),
            "bias_lora_only": (adapter(["query_key_value", "dense_h_to_4h"], bias="lora_only"), {}),
        },
    },
    "gpt_neox_sequential": {
        "config": gpt_neox(attention_bias=False, use_parallel_residual=False, rotary_pct=0.5, rotary_emb_base=500),
        "tied": False,
        "seed": 1005,
        "adapters": {"layers": (adapter(ALL_NEOX, layers_to_transform=1), {})},
    },
    "llama_yarn": {"config": yarn(), "tied": False, "seed": 1006},
    "llama_yarn_mscale": {"config": yarn(mscale=1.4, mscale_all_dim=0.6), "tied": False, "seed": 1007},
    "llama_yarn_factor": {
        "config": version5(yarn(attention_factor=0.85, beta_fast=8.0, beta_slow=2.0)),
        "tied": False,
        "seed": 1008,
    },
    "phi3_longrope_short": {
        "config": longrope(32),
        "tied": False,
        "seed": 1009,
        "adapters": {"dora": (adapter(ALL_PHI3, use_dora=True), {"train": "tokens", "merged": True})},
    },
    # 20 lies between the rows' 17 and the batch's 24 positions: the padded length decides for both rows.
    "phi3_longrope_long": {"config": longrope(20, sliding_window=9), "tied": False, "seed": 1010},
    "phi3_longrope_v5": {
        "config": version5(longrope(12)),
        "tied": False,
        "seed": 1011,
        "adapters": {"lora": (adapter19(ALL_PHI3), {})},
    },
    "gpt2_untied": {
        "config": gpt2(n_inner=40, tie_word_embeddings=False),
        "tied": False,
        "seed": 1012,
        "adapters": {
            "dora": (adapter(ALL_GPT2, use_dora=True), {"train": "tokens", "merged": True}),
            "dora_rslora": (adapter(ALL_GPT2, use_dora=True, use_rslora=True, r=3), {}),
            "bias_all": (adapter(ALL_GPT2, bias="all"), {}),
            # What PEFT writes for both kinds of module: the last one decides, and loading corrects it by the kind.
            "head": (adapter(["c_attn", "lm_head"], fan_in_fan_out=False), {"merged": True}),
        },
    },
    "llama_linear": {
        "config": llama(rope_scaling={"factor": 2.5, "rope_type": "linear"}, tie_word_embeddings=True),
        "tied": True,
        "seed": 1014,
    },
    "llama_dynamic": {
        "config": llama(
            **WIDE, rope_scaling={"factor": 3.0, "rope_type": "dynamic", "type": "dynamic"}, max_position_embeddings=16
        ),
        "tied": False,
        "seed": 1015,
    },
    "llama_biases": {
        "config": llama(attention_bias=True, mlp_bias=True, num_key_value_heads=4),
        "tied": False,
        "seed": 1016,
        "shards": 3,
        "adapters": {
            "bias_lora_only": (adapter(["q_proj", "up_proj"], bias="lora_only"), {"train": "tokens", "merged": True}),
            "loraplus": (adapter(ALL_LLAMA), {"train": "tokens", "recipe": {"loraplus_lr_ratio": 16.0}}),
            "dora_loraplus": (
                adapter(["q_proj", "down_proj"], use_dora=True),
                {"train": "tokens", "recipe": {"loraplus_lr_ratio": 4.0}},
            ),
            "pissa": (adapter(ALL_LLAMA, init_lora_weights="pissa"), {"train": "tokens", "convert": True}),
        },
    },
    "mistral_unbounded": {
        "config": mistral(num_key_value_heads=1),
        "tied": False,
        "seed": 1017,
        "adapters": {
            "patterns": (
                adapter(
                    ALL_LLAMA,
                    rank_pattern={r"layers\.1\.self_attn\.(q|k)_proj": 2, "v_proj": 6, r".*\.0\.mlp\..*": 3},
                    alpha_pattern={"q_proj": 5, r"model\.layers\.1\.mlp\.down_proj": 12},
                ),
                TOKENS,
            ),
            "excluded": (adapter("all-linear", exclude_modules=["o_proj", "layers.1.mlp.up_proj"]), {}),
            "excluded_regex": (adapter(ALL_LLAMA, exclude_modules=r".*\.1\..*_proj"), {}),
            "head": (adapter(["q_proj", "lm_head"]), {"merged": True}),
        },
    },
    "gpt_neox_v5": {
        "config": version5(gpt_neox(rotary_emb_base=2000.0)),
        "tied": False,
        "seed": 1018,
        "adapters": {"all_linear": (adapter19(EVERY_NEOX, use_rslora=True), {})},
    },
    "gemma2_v5": {
        "config": version5(
            gemma2(query_pre_attn_scalar=6, attn_logit_softcapping=None),
            layer_types=["full_attention", "sliding_attention", "sliding_attention"],
            tie_word_embeddings=True,
            use_bidirectional_attention=None,
        ),
        "tied": True,
        "seed": 1019,
    },
    "qwen3_v5": {
        "config": version5(
            qwen3(use_sliding_window=True, sliding_window=6, max_window_layers=1),
            layer_types=["full_attention", "sliding_attention"],
        ),
        "tied": False,
        "seed": 1020,
    },
    "qwen2_v5": {
        "config": version5(
            qwen2(use_sliding_window=True, sliding_window=7, num_hidden_layers=3, max_window_layers=1),
            layer_types=["full_attention", "sliding_attention", "sliding_attention"],
        ),
        "tied": False,
        "seed": 1021,
    },
    "qwen2_f16": {
        "config": qwen2(torch_dtype="float16", tie_word_embeddings=True),
        "tied": True,
        "seed": 1022,
        "stored": "float16",
        "adapters": {"lora": (adapter(ALL_LLAMA), {})},
    },
    "gemma_bf16": {
        "config": gemma(torch_dtype="bfloat16"),
        "tied": True,
        "seed": 1023,
        "stored": "bfloat16",
        "adapters": {
            "dora": (adapter(["q_proj", "o_proj", "down_proj"], use_dora=True), {}),
            "lora_bf16": (adapter(["k_proj", "up_proj"]), {"stored": "bfloat16"}),
        },
    },
    **OLD_FOLDERS,
}
