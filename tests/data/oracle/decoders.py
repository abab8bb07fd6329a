# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Forward passes of the model families, written plainly from the library's definitions: an oracle, so every family
says in full what it does and shares only what is the same by definition."""

import math

import torch
import torch.nn.functional as F

from rope import head_dim, rotate, rotation

ACTIVATIONS = {
    "silu": F.silu,
    "gelu": F.gelu,
    "gelu_pytorch_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "gelu_new": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x.pow(3)))),
    "relu": F.relu,
}


class Weights:
    """The tensors of a model in the precision of a run. Adapters override `linear` and `get`."""

    def __init__(self, config, tensors, dtype=torch.float32):
        self.config, self.dtype = config, dtype
        self.tensors = {name: tensor.to(dtype) for name, tensor in tensors.items()}

    def get(self, name):
        return self.tensors.get(name)

    def linear(self, path, x):
        """x W^T + b, or x W + b where the family stores (in, out)."""
        weight, bias = self.get(path + ".weight"), self.get(path + ".bias")
        if self.config["model_type"] == "gpt2" and path != "lm_head":
            weight = weight.t()
        return F.linear(x, weight, bias)

    def head(self, path, embedding, x):
        """Logits; a tied head is the embedding of the base model."""
        if self.get(path + ".weight") is not None:
            return self.linear(path, x)
        return F.linear(x, self.tensors[embedding + ".weight"])


def rms_norm(x, weight, eps, offset=0.0):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * (offset + weight)


def layer_norm(weights, path, x, eps):
    return F.layer_norm(x, x.shape[-1:], weights.get(path + ".weight"), weights.get(path + ".bias"), eps)


def visible(total, queries, mask, window):
    """Where a query may look: (rows, 1, queries, total). `mask` has `total` columns, 0 at padding."""
    key = torch.arange(total)[None, :]
    query = torch.arange(total - queries, total)[:, None]
    seen = key <= query
    if window is not None:
        seen = seen & (key > query - window)
    seen = seen[None, None] & mask[:, None, None, :].bool()
    return seen


def attend(q, k, v, seen, scale, softcap=None):
    """q (rows, heads, queries, width); k, v with their own number of heads; result (rows, queries, heads · width)."""
    groups = q.shape[1] // k.shape[1]
    k, v = (t.repeat_interleave(groups, dim=1) for t in (k, v))
    scores = q @ k.transpose(2, 3) * scale
    if softcap is not None:
        scores = torch.tanh(scores / softcap) * softcap
    scores = scores.masked_fill(~seen, torch.finfo(scores.dtype).min)
    return (torch.softmax(scores, -1) @ v).transpose(1, 2).flatten(2)


def remembered(cache, layer, k, v):
    """Keys and values with those of earlier calls in front, as a generation cache does."""
    if cache is None:
        return k, v
    if layer in cache:
        k, v = torch.cat((cache[layer][0], k), 2), torch.cat((cache[layer][1], v), 2)
    cache[layer] = (k, v)
    return k, v


def layer_window(config, layer):
    """The sliding window of a layer, None for full attention."""
    kind, window = config["model_type"], config.get("sliding_window")
    if kind in ("qwen2", "qwen3") and not config.get("use_sliding_window", False):
        return None
    if kind not in ("mistral", "phi3", "gemma2", "qwen2", "qwen3"):
        return None
    if kind in ("mistral", "phi3"):
        return window
    if config.get("layer_types"):
        return window if config["layer_types"][layer] == "sliding_attention" else None
    if kind == "gemma2":
        return window if layer % 2 == 0 else None
    return window if layer >= config.get("max_window_layers", 28) else None


def llama_attention(weights, path, x, layer, cos, sin, mask, cache):
    config = weights.config
    kind, width = config["model_type"], head_dim(config)
    heads = config["num_attention_heads"]
    groups = config.get("num_key_value_heads") or heads
    if kind == "phi3":
        fused = weights.linear(path + ".qkv_proj", x)
        q, k, v = fused.split((heads * width, groups * width, groups * width), dim=-1)
    else:
        q, k, v = (weights.linear(f"{path}.{name}_proj", x) for name in "qkv")
    q, k, v = (t.unflatten(-1, (-1, width)) for t in (q, k, v))
    if kind == "qwen3":
        q = rms_norm(q, weights.get(path + ".q_norm.weight"), config["rms_norm_eps"])
        k = rms_norm(k, weights.get(path + ".k_norm.weight"), config["rms_norm_eps"])
    q, k, v = (t.transpose(1, 2) for t in (q, k, v))
    k, v = remembered(cache, layer, rotate(k, cos, sin), v)
    seen = visible(k.shape[2], q.shape[2], mask, layer_window(config, layer))
    scale, softcap = width**-0.5, None
    if kind == "gemma2":
        scale, softcap = config["query_pre_attn_scalar"] ** -0.5, config.get("attn_logit_softcapping")
    return weights.linear(path + ".o_proj", attend(rotate(q, cos, sin), k, v, seen, scale, softcap))


def llama_mlp(weights, path, x):
    config = weights.config
    name = config.get("hidden_act", "silu")
    if config["model_type"] == "gemma2":
        name = config["hidden_activation"]
    if config["model_type"] == "phi3":
        gate, up = weights.linear(path + ".gate_up_proj", x).chunk(2, dim=-1)
    else:
        gate, up = weights.linear(path + ".gate_proj", x), weights.linear(path + ".up_proj", x)
    return weights.linear(path + ".down_proj", ACTIVATIONS[name](gate) * up)


def llama_forward(weights, ids, mask, cache=None):
    """llama, mistral, qwen2, qwen3, gemma, gemma2, phi3: (logits, hidden states)."""
    config = weights.config
    kind = config["model_type"]
    offset = 1.0 if kind in ("gemma", "gemma2") else 0.0

    def norm(path, value):
        return rms_norm(value, weights.get(path + ".weight"), config["rms_norm_eps"], offset)

    total = mask.shape[1]
    cos, sin = rotation(config, torch.arange(total - ids.shape[1], total), total, weights.dtype)
    x = F.embedding(ids, weights.get("model.embed_tokens.weight"))
    if kind in ("gemma", "gemma2"):
        x = x * torch.tensor(config["hidden_size"] ** 0.5, dtype=weights.dtype)
    states = [x]
    for layer in range(config["num_hidden_layers"]):
        path = f"model.layers.{layer}"
        mixed = llama_attention(
            weights, path + ".self_attn", norm(path + ".input_layernorm", x), layer, cos, sin, mask, cache
        )
        if kind == "gemma2":
            x = x + norm(path + ".post_attention_layernorm", mixed)
            inner = llama_mlp(weights, path + ".mlp", norm(path + ".pre_feedforward_layernorm", x))
            x = x + norm(path + ".post_feedforward_layernorm", inner)
        else:
            x = x + mixed
            x = x + llama_mlp(weights, path + ".mlp", norm(path + ".post_attention_layernorm", x))
        states.append(x)
    states[-1] = norm("model.norm", x)
    logits = weights.head("lm_head", "model.embed_tokens", states[-1])
    if kind == "gemma2" and config.get("final_logit_softcapping") is not None:
        cap = config["final_logit_softcapping"]
        logits = torch.tanh(logits / cap) * cap
    return logits, states


def gpt2_forward(weights, ids, mask, cache=None):
    config = weights.config
    heads, eps = config["n_head"], config["layer_norm_epsilon"]
    total = mask.shape[1]
    positions = torch.arange(total - ids.shape[1], total)
    x = F.embedding(ids, weights.get("transformer.wte.weight"))
    x = x + F.embedding(positions, weights.get("transformer.wpe.weight"))
    states = [x]
    for layer in range(config["n_layer"]):
        path = f"transformer.h.{layer}"
        fused = weights.linear(path + ".attn.c_attn", layer_norm(weights, path + ".ln_1", x, eps))
        q, k, v = (t.unflatten(-1, (heads, -1)).transpose(1, 2) for t in fused.chunk(3, dim=-1))
        k, v = remembered(cache, layer, k, v)
        scale = q.shape[-1] ** -0.5 if config.get("scale_attn_weights", True) else 1.0
        if config.get("scale_attn_by_inverse_layer_idx"):
            scale /= layer + 1
        mixed = attend(q, k, v, visible(total, ids.shape[1], mask, None), scale)
        x = x + weights.linear(path + ".attn.c_proj", mixed)
        inner = weights.linear(path + ".mlp.c_fc", layer_norm(weights, path + ".ln_2", x, eps))
        x = x + weights.linear(path + ".mlp.c_proj", ACTIVATIONS[config["activation_function"]](inner))
        states.append(x)
    states[-1] = layer_norm(weights, "transformer.ln_f", x, eps)
    return weights.head("lm_head", "transformer.wte", states[-1]), states


def gpt_neox_forward(weights, ids, mask, cache=None):
    config = weights.config
    heads, eps = config["num_attention_heads"], config["layer_norm_eps"]
    width = config["hidden_size"] // heads
    total = mask.shape[1]
    cos, sin = rotation(config, torch.arange(total - ids.shape[1], total), total, weights.dtype)
    x = F.embedding(ids, weights.get("gpt_neox.embed_in.weight"))
    states = [x]
    for layer in range(config["num_hidden_layers"]):
        path = f"gpt_neox.layers.{layer}"
        fused = weights.linear(
            path + ".attention.query_key_value", layer_norm(weights, path + ".input_layernorm", x, eps)
        )
        # For each head: its query, its key, its value.
        q, k, v = fused.unflatten(-1, (heads, 3 * width)).transpose(1, 2).split(width, dim=-1)
        k, v = remembered(cache, layer, rotate(k, cos, sin), v)
        seen = visible(total, ids.shape[1], mask, None)
        mixed = weights.linear(path + ".attention.dense", attend(rotate(q, cos, sin), k, v, seen, width**-0.5))
        parallel = config.get("use_parallel_residual", True)
        middle = x if parallel else x + mixed
        inner = weights.linear(
            path + ".mlp.dense_h_to_4h", layer_norm(weights, path + ".post_attention_layernorm", middle, eps)
        )
        inner = weights.linear(path + ".mlp.dense_4h_to_h", ACTIVATIONS[config["hidden_act"]](inner))
        x = inner + mixed + x if parallel else inner + middle
        states.append(x)
    states[-1] = layer_norm(weights, "gpt_neox.final_layer_norm", x, eps)
    return weights.head("embed_out", "gpt_neox.embed_in", states[-1]), states


def forward(weights, ids, mask, cache=None):
    """(logits (rows, time, vocabulary), hidden states of the README). With a cache, ids are the newest positions."""
    table = {"gpt2": gpt2_forward, "gpt_neox": gpt_neox_forward}
    return table.get(weights.config["model_type"], llama_forward)(weights, ids, mask, cache)


def token_losses(logits, labels):
    """Loss of each shifted target, 0 where it is −100: (rows, time − 1)."""
    targets = labels[:, 1:]
    losses = F.cross_entropy(
        logits[:, :-1].flatten(0, 1), targets.flatten(), ignore_index=-100, reduction="none"
    )
    return losses.view(targets.shape)


def mean_loss(logits, labels):
    return token_losses(logits, labels).sum() / labels[:, 1:].ne(-100).sum()
