# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Holds the gradients in our own folders against central differences in float64: check_own.py FOLDER_OF_MODELS.
Also that a merged model gives the adapter's logits, and a converted PiSSA adapter those of the trained one."""

import sys
from pathlib import Path

import torch

from adapters import Adapter, read_adapter
from decoders import Weights, forward, mean_loss
from measures import relative
from tensor_files import read_json, read_model, read_tensors

STEP = 1e-5


def model_of(folder):
    config, tensors = read_json(folder / "config.json"), read_model(folder)
    if config["model_type"] == "gpt2":  # old checkpoints: no prefix, the masks besides
        tensors = {
            name if name.startswith(("transformer.", "lm_head")) else "transformer." + name: value
            for name, value in tensors.items()
            if not name.endswith(".attn.bias")
        }
    return config, tensors


def difference_error(weights, golden, expected, generator):
    """Largest |central difference − gradient| / largest gradient over three entries of each trained tensor."""
    ids, mask, labels = (golden[key] for key in ("input_ids", "attention_mask", "labels"))
    frozen = {path: weights.column_norm(path) for path in weights.targets}
    weights.column_norm = frozen.__getitem__  # a constant of the gradient
    worst = 0.0
    with torch.no_grad():
        for key, value in weights.trained.items():
            gradient, flat = expected["grad." + key].double(), value.view(-1)
            for i in torch.randint(0, flat.numel(), (3,), generator=generator).tolist():
                old, losses = float(flat[i]), []
                for sign in (1, -1):
                    flat[i] = old + sign * STEP
                    losses.append(float(mean_loss(forward(weights, ids, mask)[0], labels)))
                flat[i] = old
                slope = (losses[0] - losses[1]) / (2 * STEP)
                worst = max(worst, abs(slope - float(gradient.view(-1)[i])) / float(gradient.abs().max()))
    return worst


def check_adapter(folder, adapter, generator):
    golden = read_tensors(folder / "golden.safetensors")
    ids, mask = golden["input_ids"], golden["attention_mask"]
    config, tensors = model_of(folder)
    expected = read_tensors(adapter / "lora_golden.safetensors")
    weights = Adapter(Weights(config, tensors, torch.float64), *read_adapter(adapter))
    rows = {"gradient": difference_error(weights, golden, expected, generator)}
    kept = mask.bool()
    if (adapter / "merged").exists():
        merged = Weights(config, read_model(adapter / "merged"))
        rows["merged"] = relative(forward(merged, ids, mask)[0][kept], expected["logits"][kept])
    if adapter.name.endswith("_converted"):
        trained = folder / adapter.name.replace("_converted", "") / "final_tokens"
        final = Adapter(Weights(config, tensors), *read_adapter(trained))
        rows["converted"] = relative(forward(final, ids, mask)[0][kept], expected["logits"][kept])
    return rows


def main(root):
    torch.set_num_threads(1)
    generator, worst = torch.Generator().manual_seed(7), {}
    for path in sorted(Path(root).glob("*/*/lora_golden.safetensors")):
        rows = check_adapter(path.parent.parent, path.parent, generator)
        name = f"{path.parent.parent.name}/{path.parent.name}"
        print(f"{name:36}", " ".join(f"{key} {value:.1e}" for key, value in rows.items()), flush=True)
        for key, value in rows.items():
            worst[key] = max(worst.get(key, 0.0), value)
    print("largest:", " ".join(f"{key} {value:.1e}" for key, value in worst.items()))


if __name__ == "__main__":
    main(sys.argv[1])
