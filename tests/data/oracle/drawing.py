# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Random weights, batches and start adapters of the tiny models, scaled so that every part shows in the logits."""

import torch

from adapters import HEADS, PREFIX, pissa_factors, rank_and_scaling, saved_paths, target_paths
from rope import head_dim


def attention_shapes(config, path):
    hidden, width = config["hidden_size"], head_dim(config)
    q, kv = config["num_attention_heads"] * width, config["num_key_value_heads"] * width
    kind = config["model_type"]
    if kind == "phi3":
        yield path + "qkv_proj.weight", (q + 2 * kv, hidden)
    else:
        for name, size in (("q", q), ("k", kv), ("v", kv)):
            yield f"{path}{name}_proj.weight", (size, hidden)
            if config.get("attention_bias") or kind == "qwen2":
                yield f"{path}{name}_proj.bias", (size,)
    yield path + "o_proj.weight", (hidden, q)
    if config.get("attention_bias"):
        yield path + "o_proj.bias", (hidden,)
    if kind == "qwen3":
        yield path + "q_norm.weight", (width,)
        yield path + "k_norm.weight", (width,)


def mlp_shapes(config, path):
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    if config["model_type"] == "phi3":
        yield path + "gate_up_proj.weight", (2 * inner, hidden)
        yield path + "down_proj.weight", (hidden, inner)
        return
    for name, rows, columns in (("gate", inner, hidden), ("up", inner, hidden), ("down", hidden, inner)):
        yield f"{path}{name}_proj.weight", (rows, columns)
        if config.get("mlp_bias"):
            yield f"{path}{name}_proj.bias", (rows,)


def llama_shapes(config):
    hidden = config["hidden_size"]
    norms = ["input_layernorm", "post_attention_layernorm"]
    if config["model_type"] == "gemma2":
        norms += ["pre_feedforward_layernorm", "post_feedforward_layernorm"]
    yield "model.embed_tokens.weight", (config["vocab_size"], hidden)
    for layer in range(config["num_hidden_layers"]):
        path = f"model.layers.{layer}."
        yield from attention_shapes(config, path + "self_attn.")
        yield from mlp_shapes(config, path + "mlp.")
        for name in norms:
            yield f"{path}{name}.weight", (hidden,)
    yield "model.norm.weight", (hidden,)


def normed(path, hidden):
    yield path + ".weight", (hidden,)
    yield path + ".bias", (hidden,)


def linear(path, rows, columns, bias=True, input_major=False):
    yield path + ".weight", (columns, rows) if input_major else (rows, columns)
    if bias:
        yield path + ".bias", (rows,)


def gpt2_shapes(config):
    hidden, inner = config["n_embd"], config["n_inner"] or 4 * config["n_embd"]
    yield "transformer.wte.weight", (config["vocab_size"], hidden)
    yield "transformer.wpe.weight", (config["n_positions"], hidden)
    for layer in range(config["n_layer"]):
        path = f"transformer.h.{layer}."
        yield from normed(path + "ln_1", hidden)
        yield from normed(path + "ln_2", hidden)
        yield from linear(path + "attn.c_attn", 3 * hidden, hidden, input_major=True)
        yield from linear(path + "attn.c_proj", hidden, hidden, input_major=True)
        yield from linear(path + "mlp.c_fc", inner, hidden, input_major=True)
        yield from linear(path + "mlp.c_proj", hidden, inner, input_major=True)
    yield from normed("transformer.ln_f", hidden)


def gpt_neox_shapes(config):
    hidden, inner, bias = config["hidden_size"], config["intermediate_size"], config["attention_bias"]
    yield "gpt_neox.embed_in.weight", (config["vocab_size"], hidden)
    for layer in range(config["num_hidden_layers"]):
        path = f"gpt_neox.layers.{layer}."
        yield from normed(path + "input_layernorm", hidden)
        yield from normed(path + "post_attention_layernorm", hidden)
        yield from linear(path + "attention.query_key_value", 3 * hidden, hidden, bias)
        yield from linear(path + "attention.dense", hidden, hidden, bias)
        yield from linear(path + "mlp.dense_h_to_4h", inner, hidden)
        yield from linear(path + "mlp.dense_4h_to_h", hidden, inner)
    yield from normed("gpt_neox.final_layer_norm", hidden)


def shapes(config, tied):
    kind = config["model_type"]
    yield from {"gpt2": gpt2_shapes, "gpt_neox": gpt_neox_shapes}.get(kind, llama_shapes)(config)
    if not tied:
        yield HEADS.get(kind, "lm_head") + ".weight", (config["vocab_size"], config.get("hidden_size") or config["n_embd"])


def draw_model(config, tied, seed):
    """All tensors of a model in float32."""
    generator = torch.Generator().manual_seed(seed)
    centre = 0.0 if config["model_type"] in ("gemma", "gemma2") else 1.0
    tensors = {}
    for name, shape in shapes(config, tied):
        x = torch.randn(shape, generator=generator)
        module = name.rsplit(".", 2)[-2]
        if name.endswith(".bias"):
            x = 0.2 * x
        elif len(shape) == 1:
            x = centre + 0.25 * x
        elif module in ("wpe",):
            x = 0.5 * x
        elif module in ("embed_tokens", "wte", "embed_in"):
            x = (0.5 if tied else 1.0) * x
        else:
            columns = shape[0] if module in ("c_attn", "c_proj", "c_fc") else shape[1]
            peaked = module in ("q_proj", "k_proj", "qkv_proj", "c_attn", "query_key_value")
            x = (1.7 if peaked else 1.3) * columns**-0.5 * x
        tensors[name] = x
    return tensors


def draw_batch(vocabulary, generator, masked_rows):
    """Two rows of 24: ids, mask, labels; `masked_rows` = for each row (its length, positions without a label)."""
    ids = torch.randint(3, vocabulary, (2, 24), generator=generator)
    mask, labels = torch.ones_like(ids), ids.clone()
    for row, (length, silent) in enumerate(masked_rows):
        ids[row, length:], mask[row, length:], labels[row, length:] = 0, 0, -100
        labels[row, silent] = -100
    return ids, mask, labels


def draw_golden_batch(vocabulary, seed):
    generator = torch.Generator().manual_seed(seed + 1)
    return draw_batch(vocabulary, generator, [(24, slice(10, 13)), (17, slice(0, 5))])


def draw_training(vocabulary, seed):
    generator = torch.Generator().manual_seed(seed + 2)
    batches = []
    for _ in range(20):
        lengths = torch.randint(12, 25, (2,), generator=generator).tolist()
        silent = torch.randint(1, 7, (2,), generator=generator).tolist()
        rows = [(length, slice(0, count)) for length, count in zip(lengths, silent)]
        batches.append(draw_batch(vocabulary, generator, rows))
    return {
        key: torch.stack([batch[i] for batch in batches])
        for i, key in enumerate(("input_ids", "attention_mask", "labels"))
    }


def draw_adapter(config, settings, tensors, seed):
    """The start adapter as PEFT names it, with a B that is not zero; PiSSA starts from its exact factors."""
    generator = torch.Generator().manual_seed(seed)
    result = {}

    def noise(shape, size):
        return size * torch.randn(shape, generator=generator)

    for path in target_paths(settings, config, tensors):
        rank, scaling = rank_and_scaling(settings, path)
        weight = tensors[path + ".weight"].float()
        weight = weight.t() if config["model_type"] == "gpt2" and path != "lm_head" else weight
        if settings["init_lora_weights"] == "pissa":
            a, b = pissa_factors(weight, rank, scaling)
        else:
            a, b = noise((rank, weight.shape[1]), weight.shape[1] ** -0.5), noise((weight.shape[0], rank), 0.1)
        result[f"{PREFIX}{path}.lora_A.weight"], result[f"{PREFIX}{path}.lora_B.weight"] = a, b
        if settings["use_dora"]:
            norm = torch.linalg.norm(weight, dim=1)
            result[f"{PREFIX}{path}.lora_magnitude_vector"] = norm * (1 + noise(norm.shape, 0.1))
    embedding = {"gpt2": "transformer.wte", "gpt_neox": "gpt_neox.embed_in"}.get(
        config["model_type"], "model.embed_tokens"
    )
    for path in saved_paths(settings, config, tensors):
        for part in ("weight", "bias"):
            name = f"{path}.{part}"
            tied = part == "weight" and name not in tensors
            if name in tensors or tied:
                start = tensors[embedding + ".weight" if tied else name].float()
                result[PREFIX + name] = start + noise(start.shape, 0.05)
    if settings["bias"] == "all":
        targets = target_paths(settings, config, tensors)
        for name, start in tensors.items():
            if name.endswith(".bias"):
                path = name.rsplit(".", 1)[0]
                key = f"{path}.base_layer.bias" if path in targets else name
                result[PREFIX + key] = start.float() + noise(start.shape, 0.05)
    return result
