# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Holds this oracle against results of the real libraries: check_shared.py FOLDER_OF_MODELS. Prints deviations."""

import sys
from pathlib import Path

import torch

from adapters import Adapter, read_adapter
from decoders import Weights, forward, mean_loss, token_losses
from measures import greedy, relative
from tensor_files import read_json, read_model, read_tensors
from training import RECIPES, train


def check_base(folder, golden):
    config, tensors = read_json(folder / "config.json"), read_model(folder)
    ids, mask, labels = (golden[key] for key in ("input_ids", "attention_mask", "labels"))
    rows, kept = {}, mask.bool()
    for dtype, suffix in ((torch.float32, ""), (torch.float64, "_f64")):
        weights = Weights(config, tensors, dtype)
        logits, states = forward(weights, ids, mask)
        rows["logits" + suffix] = relative(logits[kept], golden["logits" + suffix][kept])
        rows["loss" + suffix] = relative(mean_loss(logits, labels), golden["loss" + suffix])
        if dtype == torch.float32:
            rows["token_nll"] = relative(token_losses(logits, labels), golden["token_nll"])
            rows["hidden"] = max(
                relative(state[0], golden[f"hidden_states.{i}"]) for i, state in enumerate(states)
            )
            output, gaps = greedy(weights, golden["generate.prompt_ids"], 12)
            rows["greedy"] = float((output != golden["generate.output_ids"]).sum())
            rows["gaps"] = relative(gaps, golden["generate.top1_top2_gap"])
    return rows


def check_adapter(folder, adapter, golden):
    config, tensors = read_json(folder / "config.json"), read_model(folder)
    expected = read_tensors(adapter / "lora_golden.safetensors")
    ids, mask, labels = (golden[key] for key in ("input_ids", "attention_mask", "labels"))
    rows, kept = {}, mask.bool()
    for dtype, suffix in ((torch.float32, ""), (torch.float64, "_f64")):
        weights = Adapter(Weights(config, tensors, dtype), *read_adapter(adapter))
        logits, _ = forward(weights, ids, mask)
        loss = mean_loss(logits, labels)
        rows["logits" + suffix] = relative(logits[kept], expected["logits" + suffix][kept])
        rows["loss" + suffix] = relative(loss, expected["loss" + suffix])
        if dtype == torch.float32:
            loss.backward()
            keys = {key[5:] for key in expected if key.startswith("grad.")}
            if keys != set(weights.trained):
                rows["keys"] = float("nan")
            rows["grad"] = max(relative(weights.trained[key].grad, expected["grad." + key]) for key in keys)
            norm = torch.sqrt(sum(weights.trained[key].grad.pow(2).sum() for key in keys))
            rows["grad_norm"] = relative(norm, expected["grad_norm"])
    if (adapter / "merged").exists():
        reference = read_model(adapter / "merged")  # of a bfloat16 model: merged and stored in float32
        kinds = {tensor.dtype for tensor in reference.values()}
        stored = {name: tensor.to(min(kinds, key=str)) for name, tensor in tensors.items()}
        merged = weights.merged(stored if len(kinds) == 1 else tensors)
        rows["merged"] = max(relative(merged[name], reference[name]) for name in reference)
        if set(merged) != set(reference):
            rows["merged keys"] = float("nan")
    for name in RECIPES:
        file = adapter / f"train_{name}.safetensors"
        if file.exists():
            rows.update(check_training(folder, adapter, name, read_tensors(file), config, tensors))
    return rows


def check_training(folder, adapter, name, expected, config, tensors):
    weights = Adapter(Weights(config, tensors), *read_adapter(adapter))
    recipe = dict(RECIPES[name])
    if recipe["max_norm"] is None:
        recipe["max_norm"] = float(expected["max_grad_norm"])
    result = train(weights, read_tensors(folder / "train_batches.safetensors"), recipe)
    rows = {}
    for key in ("loss", "loss_micro", "lr", "grad_norm"):
        rows[f"{name}.{key}"] = max(
            relative(a, b) if b else abs(float(a)) for a, b in zip(result[key], expected[key])
        )
    rows[f"{name}.cosine"] = float((result["grad_cosine"] - expected["grad_cosine"]).abs().max())
    rows[f"{name}.items"] = float((result["num_items"] != expected["num_items"]).sum())
    rows[f"{name}.final"] = max(
        float((value - expected[key]).abs().max()) for key, value in result.items() if key.startswith("final.")
    )
    return rows


def main(root):
    torch.set_num_threads(1)
    worst = {}
    for folder in sorted(path.parent for path in Path(root).glob("*/config.json")):
        source = folder if (folder / "golden.safetensors").exists() else folder.parent / "llama"
        golden = read_tensors(source / "golden.safetensors")
        checks = [(folder.name, check_base(folder, golden))]
        for path in sorted(folder.glob("*/lora_golden.safetensors")):
            checks.append((f"{folder.name}/{path.parent.name}", check_adapter(folder, path.parent, golden)))
        for name, rows in checks:
            print(f"{name:28}", " ".join(f"{key} {value:.1e}" for key, value in rows.items()), flush=True)
            for key, value in rows.items():
                worst[key] = max(worst.get(key, 0.0), value) if value == value else value
    print("largest:", " ".join(f"{key} {value:.1e}" for key, value in worst.items()))


if __name__ == "__main__":
    main(sys.argv[1])
