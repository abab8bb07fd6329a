# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""LoRA and its kin over the weights of a decoder, after PEFT's definitions: which modules are adapted, their rank and
scaling, what is trained besides, what a merge gives."""

import math
import re
from pathlib import Path

import torch
import torch.nn.functional as F

from decoders import Weights
from tensor_files import read_json, read_tensors

PREFIX = "base_model.model."
EMBEDDINGS = ("embed_tokens", "wte", "wpe", "embed_in")
HEADS = {"gpt_neox": "embed_out"}


def read_adapter(folder):
    return read_json(Path(folder) / "adapter_config.json"), read_tensors(Path(folder) / "adapter_model.safetensors")


def module_paths(config, tensors):
    """All modules with a weight; a tied head is one too."""
    paths = {name.rsplit(".", 1)[0] for name in tensors}
    return sorted(paths | {HEADS.get(config["model_type"], "lm_head")})


def linear_paths(config, tensors):
    """Modules that PEFT can adapt as a linear one: two-dimensional weights but no embeddings, and the head."""
    head = HEADS.get(config["model_type"], "lm_head")
    found = {
        path
        for path in module_paths(config, tensors)
        if path.rsplit(".", 1)[-1] not in EMBEDDINGS
        and path + ".weight" in tensors
        and tensors[path + ".weight"].dim() == 2
    }
    return sorted(found | {head})


def in_chosen_layer(settings, path):
    layers = settings.get("layers_to_transform")
    if layers is None or layers == []:
        return True
    layers = [layers] if isinstance(layers, int) else layers
    patterns = settings.get("layers_pattern") or [r"[^.]*"]
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        match = re.match(rf".*?\.{pattern}\.(\d+)\.", path)
        if match:
            return int(match.group(1)) in layers
    return False


def is_target(settings, path, head):
    excluded, saved = settings.get("exclude_modules"), settings.get("modules_to_save") or []
    if isinstance(excluded, str) and re.fullmatch(excluded, path):
        return False
    if isinstance(excluded, list) and any(path == key or path.endswith("." + key) for key in excluded):
        return False
    if any(re.match(rf"(^|.*\.){key}($|\..*)", path) for key in saved):
        return False
    targets = settings["target_modules"]
    if isinstance(targets, str):
        if targets.lower() == "all-linear":
            return path != head
        return re.fullmatch(targets, path) is not None
    if path in targets:
        return True
    return any(path.endswith("." + key) for key in targets) and in_chosen_layer(settings, path)


def target_paths(settings, config, tensors):
    head = HEADS.get(config["model_type"], "lm_head")
    return [path for path in linear_paths(config, tensors) if is_target(settings, path, head)]


def pattern_value(pattern, path, default):
    for key, value in (pattern or {}).items():
        if re.match(rf"(.*\.)?({key})$", path):
            return value
    return default


def rank_and_scaling(settings, path):
    rank = pattern_value(settings.get("rank_pattern"), path, settings["r"])
    alpha = pattern_value(settings.get("alpha_pattern"), path, settings["lora_alpha"])
    return rank, alpha / (math.sqrt(rank) if settings.get("use_rslora") else rank)


def saved_paths(settings, config, tensors):
    """Modules trained in full: PEFT matches by the end of the path, without a dot before it."""
    wanted = settings.get("modules_to_save") or []
    return [p for p in module_paths(config, tensors) if any(p.endswith(key) for key in wanted)]


def pissa_factors(weight, rank, scaling):
    """The strongest `rank` directions of weight (out, in) as B (out, rank) and A (rank, in), scaling · B A. float32"""
    left, values, right = torch.linalg.svd(weight.float(), full_matrices=False)
    root = torch.sqrt(values[:rank] / scaling)
    return root[:, None] * right[:rank], left[:, :rank] * root[None, :]


class Adapter(Weights):
    """The weights of `base` with an adapter on them; `trained` maps the keys of the README to leaf tensors."""

    def __init__(self, base, settings, tensors):
        super().__init__(base.config, base.tensors, base.dtype)
        self.settings = settings
        self.targets = target_paths(settings, self.config, self.tensors)
        self.saved = saved_paths(settings, self.config, self.tensors)
        if settings.get("init_lora_weights") == "pissa":
            self.subtract_principal()
        names = dict(self.trained_names())
        unknown = set(tensors) - set(names)
        if unknown:
            raise ValueError(f"not of this adapter: {sorted(unknown)}")
        self.trained = {}
        for key, start in names.items():
            value = tensors[key] if key in tensors else start
            if value is None:
                raise ValueError(f"missing in the adapter: {key}")
            self.trained[key] = value.detach().to(self.dtype).clone().requires_grad_()

    def input_major(self, path):
        """GPT-2's Conv1D stores (in, out)."""
        return self.config["model_type"] == "gpt2" and path != "lm_head"

    def oriented(self, path):
        """The weight of a linear module as (out, in)."""
        weight = self.tensors[path + ".weight"]
        return weight.t() if self.input_major(path) else weight

    def subtract_principal(self):
        for path in self.targets:
            rank, scaling = rank_and_scaling(self.settings, path)
            a, b = pissa_factors(self.oriented(path), rank, scaling)
            rest = (self.oriented(path).float() - scaling * b @ a).to(self.dtype)
            self.tensors[path + ".weight"] = rest.t() if self.input_major(path) else rest

    def trained_names(self):
        """(key, start value or None where the file must have it) of everything that is trained."""
        for path in self.targets:
            for part in ("lora_A.weight", "lora_B.weight"):
                yield f"{PREFIX}{path}.{part}", None
            if self.settings.get("use_dora"):
                yield f"{PREFIX}{path}.lora_magnitude_vector", None
        for path in self.saved:
            for part in ("weight", "bias"):
                name = f"{path}.{part}"
                if part == "weight" or name in self.tensors:
                    yield PREFIX + name, None
        kind = self.settings.get("bias", "none")
        for name in self.tensors:
            path = name.rsplit(".", 1)[0]
            if not name.endswith(".bias") or path in self.saved or kind == "none":
                continue
            if path in self.targets:
                # PEFT does not save the biases of lora_only: they start from the model's.
                yield f"{PREFIX}{path}.base_layer.bias", self.tensors[name] if kind == "lora_only" else None
            elif kind == "all":
                yield PREFIX + name, None

    def get(self, name):
        path, part = name.rsplit(".", 1)
        for key in (PREFIX + name, f"{PREFIX}{path}.base_layer.{part}"):
            if key in self.trained:
                return self.trained[key]
        return self.tensors.get(name)

    def factors(self, path):
        return (self.trained[f"{PREFIX}{path}.{part}.weight"] for part in ("lora_A", "lora_B"))

    def linear(self, path, x):
        base = super().linear(path, x)
        if path not in self.targets:
            return base
        a, b = self.factors(path)
        _, scaling = rank_and_scaling(self.settings, path)
        update = F.linear(F.linear(x, a), b) * scaling
        if not self.settings.get("use_dora"):
            return base + update
        magnitude, bias = self.trained[f"{PREFIX}{path}.lora_magnitude_vector"], self.get(path + ".bias")
        scale = magnitude / self.column_norm(path)
        plain = base if bias is None else base - bias
        return base + (scale - 1) * plain + scale * update

    def column_norm(self, path):
        """Norm of each output's weights with the update, a constant of the gradient (DoRA, section 4.3)."""
        a, b = self.factors(path)
        _, scaling = rank_and_scaling(self.settings, path)
        return torch.linalg.norm(self.oriented(path) + scaling * (b @ a), dim=1).detach()

    def merged(self, tensors):
        """The tensors of the merged model in the stored types, computed in float32."""
        result = dict(tensors)
        for path in self.targets:
            a, b = (factor.detach().float() for factor in self.factors(path))
            _, scaling = rank_and_scaling(self.settings, path)
            weight = self.oriented(path).float() + scaling * (b @ a)
            if self.settings.get("use_dora"):
                magnitude = self.trained[f"{PREFIX}{path}.lora_magnitude_vector"].detach().float()
                weight = (magnitude / torch.linalg.norm(weight, dim=1))[:, None] * weight
            weight = weight.t().contiguous() if self.input_major(path) else weight
            result[path + ".weight"] = weight.to(tensors[path + ".weight"].dtype)
        for key, value in self.trained.items():
            name = key[len(PREFIX) :].replace(".base_layer", "")
            if "lora_" not in key:
                kind = next(iter(tensors.values())).dtype
                result[name] = value.detach().to(tensors[name].dtype if name in tensors else kind)
        return result
