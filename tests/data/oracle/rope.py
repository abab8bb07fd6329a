# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Rotary frequencies of a Hugging Face config, from the published definitions of each scaling.

Inverse frequencies are float32, as transformers keeps them in both precisions of a run; only the rotation itself is
done in the precision of the run.
"""

import math

import torch

HEAD_DIM_DEFAULTS = {"gemma": 256, "gemma2": 256, "qwen3": 128}


def head_dim(config):
    """Width of a head: its own key, else the family's default, else hidden / heads."""
    default = HEAD_DIM_DEFAULTS.get(config["model_type"])
    return config.get("head_dim") or default or config["hidden_size"] // config["num_attention_heads"]


def rope_settings(config):
    """The scaling's keys with rope_type, rope_theta and partial_rotary_factor, from the 4.x or the 5.x layout."""
    neox = config["model_type"] == "gpt_neox"
    found = dict(config.get("rope_parameters") or config.get("rope_scaling") or {})
    found.setdefault("rope_type", found.get("type", "default"))
    found.setdefault("rope_theta", config.get("rotary_emb_base" if neox else "rope_theta", 10000.0))
    found.setdefault(
        "partial_rotary_factor",
        config.get("rotary_pct" if neox else "partial_rotary_factor", 0.25 if neox else 1.0),
    )
    if config["model_type"] == "phi3" and found["rope_type"] in ("su", "yarn"):
        found["rope_type"] = "longrope"
    return found


def rotary_dim(config):
    return int(head_dim(config) * rope_settings(config)["partial_rotary_factor"])


def powers(base, dim):
    """base ^ (2i / dim), i = 0 … dim/2 − 1."""
    return base ** (torch.arange(0, dim, 2, dtype=torch.int64).float() / dim)


def original_length(config, settings):
    """Positions of the pretraining, for the scalings that compare with them."""
    return (
        config.get("original_max_position_embeddings")
        or settings.get("original_max_position_embeddings")
        or config["max_position_embeddings"]
    )


def dynamic(config, settings, dim, length):
    """NTK-aware scaling of the base by the length of the forward pass (padding included)."""
    limit = config["max_position_embeddings"]
    length, factor = max(length, limit), settings["factor"]
    base = settings["rope_theta"] * ((factor * length / limit) - (factor - 1)) ** (dim / (dim - 2))
    return 1.0 / powers(base, dim), 1.0


def llama3(config, settings, dim, length):
    inverse = 1.0 / powers(settings["rope_theta"], dim)
    wavelength = 2 * math.pi / inverse
    old = settings["original_max_position_embeddings"]
    low, high = settings["low_freq_factor"], settings["high_freq_factor"]
    smooth = (old / wavelength - low) / (high - low)
    between = (1 - smooth) * inverse / settings["factor"] + smooth * inverse
    result = torch.where(wavelength > old / low, inverse / settings["factor"], between)
    return torch.where(wavelength < old / high, inverse, result), 1.0


def attention_temperature(scale, weight=1.0):
    """YaRN, arXiv 2309.00071, equation 22."""
    return 1.0 if scale <= 1 else 0.1 * weight * math.log(scale) + 1.0


def yarn(config, settings, dim, length):
    """arXiv 2309.00071. The folders made here have factor = max / original where both are given, as the 4.x library
    takes the quotient and the 5.x library takes the factor."""
    base, factor = settings["rope_theta"], settings.get("factor")
    old = settings.get("original_max_position_embeddings")
    if old is not None:
        quotient = config["max_position_embeddings"] / old
        if factor is not None and abs(factor - quotient) > 1e-9:
            raise ValueError("yarn: factor is not max / original: the library's versions differ")
        factor = quotient
    old = old or config["max_position_embeddings"]
    scaling = settings.get("attention_factor")
    if scaling is None:
        m, m_all = settings.get("mscale"), settings.get("mscale_all_dim")
        if m and m_all:
            scaling = attention_temperature(factor, m) / attention_temperature(factor, m_all)
        else:
            scaling = attention_temperature(factor)

    def dimension(rotations):
        return dim * math.log(old / (rotations * 2 * math.pi)) / (2 * math.log(base))

    low = dimension(settings.get("beta_fast") or 32)
    high = dimension(settings.get("beta_slow") or 1)
    if settings.get("truncate", True):
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, dim - 1)
    if low == high:
        high += 0.001
    ramp = ((torch.arange(dim // 2, dtype=torch.float32) - low) / (high - low)).clamp(0, 1)
    spread = powers(base, dim)
    return (1.0 / (factor * spread)) * ramp + (1.0 / spread) * (1 - ramp), scaling


def longrope(config, settings, dim, length):
    """A divisor for each frequency: the long list when the forward pass is longer than the original positions."""
    old = original_length(config, settings)
    factor = settings.get("factor")
    if factor is None or config.get("original_max_position_embeddings"):
        factor = config["max_position_embeddings"] / old
    scaling = settings.get("attention_factor")
    if scaling is None:
        scaling = 1.0 if factor <= 1 else math.sqrt(1 + math.log(factor) / math.log(old))
    divisors = settings["long_factor" if length > old else "short_factor"]
    return 1.0 / (torch.tensor(divisors, dtype=torch.float32) * powers(settings["rope_theta"], dim)), scaling


def frequencies(config, length):
    """(inverse frequencies (rotary_dim / 2), factor of cos and sin) for a forward pass over `length` positions."""
    settings, dim = rope_settings(config), rotary_dim(config)
    kind = settings["rope_type"]
    if kind == "default":
        return 1.0 / powers(settings["rope_theta"], dim), 1.0
    if kind == "linear":
        return 1.0 / powers(settings["rope_theta"], dim) / settings["factor"], 1.0
    table = {"dynamic": dynamic, "llama3": llama3, "yarn": yarn, "longrope": longrope}
    return table[kind](config, settings, dim, length)


def rotation(config, positions, length, dtype):
    """cos and sin, (positions, rotary_dim), halves repeated."""
    inverse, scaling = frequencies(config, length)
    precision = torch.float64 if dtype == torch.float64 else torch.float32
    angles = positions.to(precision)[:, None] * inverse.to(precision)[None, :]
    angles = torch.cat((angles, angles), dim=-1)
    return (angles.cos() * scaling).to(dtype), (angles.sin() * scaling).to(dtype)


def rotate(x, cos, sin):
    """The first rotary_dim of each head turned in pairs (i, i + rotary_dim / 2); the rest passes. x (…, time, width)"""
    width = cos.shape[-1]
    turned, rest = x[..., :width], x[..., width:]
    first, second = turned[..., : width // 2], turned[..., width // 2 :]
    half = torch.cat((-second, first), dim=-1)
    return torch.cat((turned * cos + half * sin, rest), dim=-1)
