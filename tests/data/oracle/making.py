# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Writes one golden folder in the form of ../shared/golden/README.md."""

import platform
import shutil
from pathlib import Path

import numpy
import torch

from adapters import Adapter, rank_and_scaling
from decoders import Weights, forward, mean_loss, token_losses
from drawing import draw_adapter, draw_golden_batch, draw_model, draw_training
from measures import greedy, relative
from tensor_files import read_tensors, write_json, write_shards, write_tensors
from training import RECIPES, decays, train

TYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
LEAST_GAP = 0.02


def find_prompt(weights, exact, vocabulary, seed):
    """A prompt whose 12 greedy tokens are sure: clear margins, the same in float64 and with a generation cache."""
    for attempt in range(2000):
        generator = torch.Generator().manual_seed(seed * 10000 + attempt)
        prompt = torch.randint(3, vocabulary, (8,), generator=generator)
        output, gaps = greedy(weights, prompt, 12)
        if float(gaps.min()) < LEAST_GAP:
            continue
        cached, _ = greedy(weights, prompt, 12, cached=True)
        if torch.equal(output, cached) and torch.equal(output, greedy(exact, prompt, 12)[0]):
            return prompt, output, gaps
    raise RuntimeError("no prompt with clear margins")


def both(make, ids, mask, labels):
    """Tables of logits and loss in float32 and float64, and the float32 run itself."""
    weights = make(torch.float32)
    logits, states = forward(weights, ids, mask)
    loss = mean_loss(logits, labels)
    with torch.no_grad():
        exact = make(torch.float64)
        exact_logits, _ = forward(exact, ids, mask)
        exact_loss = mean_loss(exact_logits, labels)
    table = {"logits": logits, "loss": loss, "logits_f64": exact_logits, "loss_f64": exact_loss}
    deviations = {
        "logits": relative(logits[mask.bool()], exact_logits[mask.bool()]),
        "loss": relative(loss, exact_loss),
    }
    return weights, exact, states, table, deviations


def make_base(folder, config, tensors, seed, vocabulary):
    ids, mask, labels = draw_golden_batch(vocabulary, seed)
    with torch.no_grad():
        weights, exact, states, table, deviations = both(
            lambda dtype: Weights(config, tensors, dtype), ids, mask, labels
        )
        prompt, output, gaps = find_prompt(weights, exact, vocabulary, seed)
    table.update({"input_ids": ids, "attention_mask": mask, "labels": labels})
    table["token_nll"] = token_losses(table["logits"], labels)
    table.update({f"hidden_states.{i}": state[0] for i, state in enumerate(states)})
    table.update({"generate.prompt_ids": prompt, "generate.output_ids": output, "generate.top1_top2_gap": gaps})
    write_tensors(folder / "golden.safetensors", table)
    return (ids, mask, labels), {**deviations, "generate_min_gap": float(gaps.min())}


def modules_of(settings, paths):
    rows = {}
    for path in paths:
        rank, scaling = rank_and_scaling(settings, path)
        rows[path] = {"r": rank, "scaling": scaling}
    return rows


def converted(settings, start, trained):
    """A PiSSA adapter after training as one for the unchanged model: A and B of twice the rank."""
    tensors = {}
    for key, value in trained.items():
        axis, sign = (0, 1) if "lora_A" in key else (1, -1)
        tensors[key] = torch.cat((value, sign * start[key]), dim=axis)
    changed = {"r": 2 * settings["r"], "lora_alpha": 2 * settings["lora_alpha"], "init_lora_weights": True}
    return {**settings, **changed}, tensors


def make_adapter(folder, config, tensors, batch, batches, settings, extra):
    """`extra`: seed, and optionally train (a recipe's name), recipe (changes to it), merged, convert, stored."""
    start = extra.get("tensors") or draw_adapter(config, settings, tensors, extra["seed"])
    start = {key: value.to(TYPES[extra.get("stored", "float32")]) for key, value in start.items()}
    write_json(folder / "adapter_config.json", settings)
    write_tensors(folder / "adapter_model.safetensors", start)
    ids, mask, labels = batch

    def make(dtype):
        return Adapter(Weights(config, tensors, dtype), settings, start)

    weights, _, _, table, deviations = both(make, ids, mask, labels)
    table["loss"].backward()
    table.update({"grad." + key: value.grad for key, value in weights.trained.items()})
    norm = torch.sqrt(sum(value.grad.pow(2).sum() for value in weights.trained.values()))
    table["grad_norm"] = norm
    write_tensors(folder / "lora_golden.safetensors", table)
    meta = {
        "modules": modules_of(settings, weights.targets),
        "saved_modules": weights.saved,
        "adapter_tensors": len(start),
        "trainable_parameters": sum(value.numel() for value in weights.trained.values()),
        "float32_vs_float64": {**deviations, "grad_per_tensor": gradient_deviation(make, batch, table)},
    }
    if extra.get("merged"):
        write_json(folder / "merged/config.json", config)
        write_json(folder / "merged/generation_config.json", generation_config(config))
        write_tensors(folder / "merged/model.safetensors", weights.merged(tensors))
    if extra.get("train"):
        meta.update(make_training(folder, make, batches, settings, start, extra))
    return meta


def gradient_deviation(make, batch, table):
    exact = make(torch.float64)
    ids, mask, labels = batch
    mean_loss(forward(exact, ids, mask)[0], labels).backward()
    return max(relative(table["grad." + key], value.grad) for key, value in exact.trained.items())


def make_training(folder, make, batches, settings, start, extra):
    name = extra["train"]
    recipe = {**RECIPES[name], **extra.get("recipe", {})}
    weights = make(torch.float32)
    result = train(weights, batches, recipe)
    exact = train(make(torch.float64), batches, recipe)
    write_tensors(folder / f"train_{name}.safetensors", result)
    saved = {key: value.detach() for key, value in weights.trained.items() if key in start}
    write_json(folder / f"final_{name}/adapter_config.json", settings)
    write_tensors(folder / f"final_{name}/adapter_model.safetensors", saved)
    meta = {f"no_weight_decay_{name}": sorted(key for key in weights.trained if not decays(key))}
    if extra.get("recipe"):
        write_json(folder / "train_settings.json", extra["recipe"])
        meta["train_settings"] = extra["recipe"]
    meta["train_float32_vs_float64"] = {
        "loss": max(relative(a, b) for a, b in zip(result["loss"], exact["loss"])),
        "grad_norm": max(relative(a, b) for a, b in zip(result["grad_norm"], exact["grad_norm"])),
        "final_abs": max(
            float((result[key] - exact[key]).abs().max()) for key in result if key.startswith("final.")
        ),
    }
    return meta


def stored_names(tensors, spec):
    """The names in the file, which differ where an old checkpoint is imitated."""
    prefix = spec.get("drop_prefix")
    if not prefix:
        return tensors
    return {name[len(prefix) :] if name.startswith(prefix) else name: value for name, value in tensors.items()}


def make_folder(root, name, spec):
    """`spec`: config, tied, seed, and optionally written (config.json where it leaves defaults out), stored (a type's
    name), shards, drop_prefix, extra_tensors, adapters."""
    folder = Path(root) / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    config, seed, vocabulary = spec["config"], spec["seed"], spec["config"]["vocab_size"]
    stored = TYPES[spec.get("stored", "float32")]
    tensors = {key: value.to(stored) for key, value in draw_model(config, spec["tied"], seed).items()}
    write_json(folder / "config.json", spec.get("written", config))
    write_json(folder / "generation_config.json", generation_config(config))
    filed = {**stored_names(tensors, spec), **spec.get("extra_tensors", {})}
    if spec.get("shards"):
        write_shards(folder, filed, spec["shards"])
    else:
        write_tensors(folder / "model.safetensors", filed)
    batch, deviations = make_base(folder, config, tensors, seed, vocabulary)
    batches = draw_training(vocabulary, seed)
    write_tensors(folder / "train_batches.safetensors", batches)
    meta = {
        "model_type": config["model_type"],
        "seed": seed,
        "reference": "own PyTorch reference, tests/data/oracle (not made with transformers or PEFT)",
        "versions": {
            "torch": torch.__version__,
            "numpy": numpy.__version__,
            "python": platform.python_version(),
        },
        "float32_vs_float64": {"base": deviations},
    }
    for i, (key, (settings, extra)) in enumerate(spec.get("adapters", {}).items()):
        extra = {"seed": seed * 100 + i, **extra}
        settings = {**settings, "base_model_name_or_path": name}
        meta[key] = make_adapter(folder / key, config, tensors, batch, batches, settings, extra)
        if extra.get("convert"):
            start, trained = (
                read_tensors(folder / key / part / "adapter_model.safetensors")
                for part in ("", f"final_{extra['train']}")
            )
            changed, factors = converted(settings, start, trained)
            meta[key + "_converted"] = make_adapter(
                folder / f"{key}_converted", config, tensors, batch, batches, changed, {"tensors": factors}
            )
    write_json(folder / "meta.json", meta)
    return folder


def generation_config(config):
    keys = ("bos_token_id", "eos_token_id", "pad_token_id")
    found = {key: config[key] for key in keys if config.get(key) is not None}
    return {"_from_model_config": True, **found, "transformers_version": config["transformers_version"]}
