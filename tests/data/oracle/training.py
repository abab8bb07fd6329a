# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""The training runs of the golden data: AdamW with decoupled decay, warm-up, clipping, written out."""

import math

import torch

from decoders import forward, token_losses

COMMON = {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8, "decay": 0.01, "steps": 10, "micro": 2, "warmup": 2}
RECIPES = {
    "mean": {**COMMON, "schedule": "cosine", "max_norm": 1.0, "weighting": "mean"},
    "tokens": {**COMMON, "schedule": "cosine", "max_norm": 1.0, "weighting": "tokens"},
    "alt": {
        **COMMON,
        "lr": 3e-3,
        "betas": (0.9, 0.95),
        "decay": 0.1,
        "steps": 20,
        "micro": 1,
        "warmup": 0,
        "schedule": "linear",
        "max_norm": None,  # in the file
        "weighting": "mean",
    },
}


def learning_rate(recipe, step):
    if step < recipe["warmup"]:
        return recipe["lr"] * step / recipe["warmup"]
    progress = (step - recipe["warmup"]) / (recipe["steps"] - recipe["warmup"])
    if recipe["schedule"] == "linear":
        return recipe["lr"] * (1 - progress)
    return recipe["lr"] * 0.5 * (1 + math.cos(math.pi * progress))


def decays(key):
    return not any(word in key for word in ("bias", "layernorm", "rmsnorm"))


def rate_factor(recipe, key, value):
    """LoRA+: B, and what is a vector, learn faster."""
    return recipe.get("loraplus_lr_ratio", 1.0) if "lora_B" in key or value.dim() == 1 else 1.0


class AdamW:
    def __init__(self, trained, recipe):
        self.trained, self.recipe, self.time = trained, recipe, 0
        self.first = {key: torch.zeros_like(value) for key, value in trained.items()}
        self.second = {key: torch.zeros_like(value) for key, value in trained.items()}

    def step(self, base_rate):
        self.time += 1
        beta1, beta2 = self.recipe["betas"]
        for key, value in self.trained.items():
            rate, gradient = base_rate * rate_factor(self.recipe, key, value), value.grad
            if decays(key):
                value.data.mul_(1 - rate * self.recipe["decay"])
            self.first[key].mul_(beta1).add_(gradient, alpha=1 - beta1)
            self.second[key].mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
            root = (self.second[key].sqrt() / math.sqrt(1 - beta2**self.time)).add_(self.recipe["eps"])
            value.data.addcdiv_(self.first[key], root, value=-rate / (1 - beta1**self.time))


def flat_gradient(trained):
    return torch.cat([trained[key].grad.reshape(-1) for key in sorted(trained)])


def train(weights, batches, recipe):
    """Trains `weights.trained` in place; the tables of the README's training files."""
    trained = weights.trained
    optimizer, micro = AdamW(trained, recipe), recipe["micro"]
    rows = {key: [] for key in ("loss_micro", "loss", "lr", "grad_norm", "num_items")}
    gradients = []
    for step in range(recipe["steps"]):
        chosen = range(step * micro, (step + 1) * micro)
        items = sum(int(batches["labels"][i].ne(-100).sum()) for i in chosen)
        for value in trained.values():
            value.grad = None
        losses = []
        for i in chosen:
            ids, mask, labels = (batches[key][i] for key in ("input_ids", "attention_mask", "labels"))
            total = token_losses(forward(weights, ids, mask)[0], labels).sum()
            if recipe["weighting"] == "tokens":
                losses.append(total / items)
                losses[-1].backward()
            else:
                losses.append(total / labels[:, 1:].ne(-100).sum())
                (losses[-1] / micro).backward()
        losses = [loss.detach() for loss in losses]
        rows["loss_micro"] += losses
        rows["loss"].append(sum(losses) if recipe["weighting"] == "tokens" else sum(losses) / micro)
        gradients.append(flat_gradient(trained))
        norm = torch.sqrt(sum(value.grad.pow(2).sum() for value in trained.values()))
        factor = min(1.0, recipe["max_norm"] / (float(norm) + 1e-6))
        for value in trained.values():
            value.grad.mul_(factor)
        rate = learning_rate(recipe, step)
        optimizer.step(rate)
        rows["lr"].append(rate)
        rows["grad_norm"].append(norm)
        rows["num_items"].append(items)
    result = {key: torch.tensor(rows[key], dtype=torch.float32) for key in ("loss_micro", "loss", "grad_norm")}
    result["lr"] = torch.tensor(rows["lr"], dtype=torch.float64)
    result["num_items"] = torch.tensor(rows["num_items"])
    pairs = [(a.double(), b.double()) for a, b in zip(gradients, gradients[1:])]
    result["grad_cosine"] = torch.stack([a @ b / (a.norm() * b.norm()) for a, b in pairs])
    result["max_grad_norm"] = torch.tensor(recipe["max_norm"], dtype=torch.float32)
    result.update({"final." + key: value.detach().float().clone() for key, value in trained.items()})
    return result
