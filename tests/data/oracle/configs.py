# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""config.json and adapter_config.json with the keys that transformers and PEFT write for each family."""

COMMON = {"initializer_range": 0.02, "torch_dtype": "float32", "transformers_version": "4.52.4", "use_cache": True}
ROPE_KEYS = ("rope_theta", "rope_scaling", "partial_rotary_factor", "rotary_pct", "rotary_emb_base")

LLAMA_SIZES = {
    "attention_dropout": 0.0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "hidden_act": "silu",
    "hidden_size": 32,
    "intermediate_size": 40,
    "max_position_embeddings": 256,
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "num_key_value_heads": 2,
    "rms_norm_eps": 1e-6,
    "rope_scaling": None,
    "rope_theta": 10000.0,
    "tie_word_embeddings": False,
    "vocab_size": 72,
}


def llama(**changes):
    own = {
        "architectures": ["LlamaForCausalLM"],
        "attention_bias": False,
        "head_dim": 8,
        "mlp_bias": False,
        "model_type": "llama",
        "pretraining_tp": 1,
        "rms_norm_eps": 1e-5,
    }
    return {**COMMON, **LLAMA_SIZES, **own, **changes}


def mistral(**changes):
    own = {"architectures": ["MistralForCausalLM"], "head_dim": 8, "model_type": "mistral", "sliding_window": None}
    config = {**COMMON, **LLAMA_SIZES, **own, **changes}
    config.pop("rope_scaling")  # not a key of this family
    return config


def qwen2(**changes):
    own = {
        "architectures": ["Qwen2ForCausalLM"],
        "max_window_layers": 28,
        "model_type": "qwen2",
        "rope_theta": 1000000.0,
        "sliding_window": 4096,
        "use_sliding_window": False,
    }
    return {**COMMON, **LLAMA_SIZES, **own, **changes}


def qwen3(**changes):
    own = {
        "architectures": ["Qwen3ForCausalLM"],
        "attention_bias": False,
        "head_dim": 12,
        "model_type": "qwen3",
        "sliding_window": None,
    }
    return qwen2(**{**own, **changes})


def gemma(**changes):
    own = {
        "architectures": ["GemmaForCausalLM"],
        "attention_bias": False,
        "bos_token_id": 2,
        "eos_token_id": 1,
        "head_dim": 12,
        "hidden_act": "gelu_pytorch_tanh",
        "hidden_activation": None,
        "model_type": "gemma",
        "num_key_value_heads": 1,
        "pad_token_id": 0,
    }
    config = {**COMMON, **LLAMA_SIZES, **own, **changes}
    for key in ("rope_scaling", "tie_word_embeddings"):  # left out by the family: its defaults
        config.pop(key)
    return config


def gemma2(**changes):
    own = {
        "architectures": ["Gemma2ForCausalLM"],
        "attn_logit_softcapping": 2.0,
        "cache_implementation": "hybrid",
        "final_logit_softcapping": 6.0,
        "hidden_activation": "gelu_pytorch_tanh",
        "model_type": "gemma2",
        "num_hidden_layers": 3,
        "num_key_value_heads": 2,
        "query_pre_attn_scalar": 20,
        "sliding_window": 5,
    }
    return gemma(**{**own, **changes})


def phi3(**changes):
    own = {
        "architectures": ["Phi3ForCausalLM"],
        "embd_pdrop": 0.0,
        "model_type": "phi3",
        "original_max_position_embeddings": 256,
        "pad_token_id": 0,
        "partial_rotary_factor": 1.0,
        "resid_pdrop": 0.0,
        "rms_norm_eps": 1e-5,
        "sliding_window": None,
    }
    return {**COMMON, **LLAMA_SIZES, **own, **changes}


def gpt2(**changes):
    own = {
        "activation_function": "gelu_new",
        "architectures": ["GPT2LMHeadModel"],
        "attn_pdrop": 0.0,
        "bos_token_id": 71,
        "embd_pdrop": 0.0,
        "eos_token_id": 71,
        "layer_norm_epsilon": 1e-5,
        "model_type": "gpt2",
        "n_embd": 32,
        "n_head": 4,
        "n_inner": None,
        "n_layer": 2,
        "n_positions": 32,
        "reorder_and_upcast_attn": False,
        "resid_pdrop": 0.0,
        "scale_attn_by_inverse_layer_idx": False,
        "scale_attn_weights": True,
        "summary_activation": None,
        "summary_first_dropout": 0.1,
        "summary_proj_to_labels": True,
        "summary_type": "cls_index",
        "summary_use_proj": True,
        "vocab_size": 72,
    }
    return {**COMMON, **own, **changes}


def gpt_neox(**changes):
    own = {
        "architectures": ["GPTNeoXForCausalLM"],
        "attention_bias": True,
        "attention_dropout": 0.0,
        "bos_token_id": 0,
        "classifier_dropout": 0.1,
        "eos_token_id": 0,
        "hidden_act": "gelu",
        "hidden_dropout": 0.0,
        "hidden_size": 32,
        "intermediate_size": 64,
        "layer_norm_eps": 1e-5,
        "max_position_embeddings": 64,
        "model_type": "gpt_neox",
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
        "partial_rotary_factor": 0.25,
        "rope_scaling": None,
        "rope_theta": 10000,
        "rotary_emb_base": 10000,
        "rotary_pct": 0.25,
        "tie_word_embeddings": False,
        "use_parallel_residual": True,
        "vocab_size": 72,
    }
    config = {**COMMON, **own, **changes}
    config["partial_rotary_factor"], config["rope_theta"] = config["rotary_pct"], config["rotary_emb_base"]
    return config


def version5(config, **changes):
    """The layout of 5.x: rope_parameters for all that was rotary, dtype for torch_dtype."""
    old = dict(config)
    rope = dict(old.get("rope_scaling") or {})
    rope.setdefault("rope_type", rope.pop("type", "default"))
    rope["rope_theta"] = old.get("rotary_emb_base", old.get("rope_theta", 10000.0))
    if old["model_type"] in ("gpt_neox", "phi3"):
        rope["partial_rotary_factor"] = old.get("rotary_pct", old.get("partial_rotary_factor"))
    if old["model_type"] == "phi3" and rope["rope_type"] == "longrope":
        rope["original_max_position_embeddings"] = old["original_max_position_embeddings"]
    for key in ROPE_KEYS + ("torch_dtype", "cache_implementation"):
        old.pop(key, None)
    old.setdefault("pad_token_id", None)
    old.update(dtype=config["torch_dtype"], rope_parameters=rope, transformers_version="5.0.0")
    return {**old, **changes}


ALL_LLAMA = ["gate_proj", "v_proj", "o_proj", "k_proj", "up_proj", "down_proj", "q_proj"]
ALL_PHI3 = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
ALL_GPT2 = ["c_attn", "c_proj", "c_fc"]
ALL_NEOX = ["query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"]


def adapter(targets, **changes):
    """adapter_config.json of PEFT 0.15.2."""
    own = {
        "alpha_pattern": {},
        "auto_mapping": None,
        "base_model_name_or_path": None,
        "bias": "none",
        "corda_config": None,
        "eva_config": None,
        "exclude_modules": None,
        "fan_in_fan_out": targets == ALL_GPT2,
        "inference_mode": True,
        "init_lora_weights": True,
        "layer_replication": None,
        "layers_pattern": None,
        "layers_to_transform": None,
        "loftq_config": {},
        "lora_alpha": 8,
        "lora_bias": False,
        "lora_dropout": 0.0,
        "megatron_config": None,
        "megatron_core": "megatron.core",
        "modules_to_save": None,
        "peft_type": "LORA",
        "r": 4,
        "rank_pattern": {},
        "revision": None,
        "target_modules": targets,
        "task_type": "CAUSAL_LM",
        "trainable_token_indices": None,
        "use_dora": False,
        "use_rslora": False,
    }
    return {**own, **changes}


def adapter19(targets, **changes):
    """adapter_config.json of PEFT 0.19.1, with the keys it added."""
    added = {
        "alora_invocation_tokens": None,
        "arrow_config": None,
        "ensure_weight_tying": False,
        "lora_ga_config": None,
        "peft_version": "0.19.1",
        "qalora_group_size": 16,
        "target_parameters": None,
        "use_bdlora": None,
        "use_qalora": False,
    }
    return adapter(targets, **{**added, **changes})
