# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Golden models in 4 bits, in the form in which bitsandbytes and transformers save them, from the definition of NF4
and double quantisation in float64: make_quantised.py TESTS_DATA. Beside each the weights that its codes stand for."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch

from tensor_files import read_tensors, write_tensors

# Dettmers et al. 2023 (arXiv 2305.14314), appendix E.
LEVELS = np.array([
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
    -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
    0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0])  # fmt: skip

# Name, part of a linear module's name, the library's own order of a weight is (in, out), block, nested, type said.
MODELS = [
    ("llama", "_proj.weight", False, 64, True, "float32"),
    ("gpt2", ".c_", True, 128, False, "float16"),
]


def dynamic_map():
    """8-bit numbers with a sign, a decimal exponent told by leading zeros and a fraction in the bits that are left."""
    numbers = [0.0, 1.0]
    for zeros in range(7):
        edges = np.linspace(0.1, 1, 2 ** (6 - zeros) + 1)
        middles = (edges[:-1] + edges[1:]) / 2 * 10.0**-zeros
        numbers += [*middles, *-middles]
    return np.sort(np.array(numbers))


def nearest(values, numbers):
    return np.abs(values[:, None] - numbers[None, :]).argmin(1)


def blocks(values, size):
    return [values[i : i + size] for i in range(0, len(values), size)]


def rounded(values):
    """To float32 and back."""
    return np.asarray(values, np.float32).astype(np.float64)


def quantise(weight, block, nested, dtype):
    """Tensors by the ends of their names, and the values that they stand for."""
    flat = weight.double().reshape(-1).numpy()
    absmax = np.array([np.abs(part).max() for part in blocks(flat, block)])
    codes = np.concatenate([nearest(part / top, LEVELS) for part, top in zip(blocks(flat, block), absmax)])
    padded = np.append(codes, [7] * (len(codes) % 2))
    tensors = {
        "": torch.tensor(padded[::2] * 16 + padded[1::2], dtype=torch.uint8)[:, None],
        ".quant_map": torch.tensor(LEVELS, dtype=torch.float32),
    }
    state = {"quant_type": "nf4", "blocksize": block, "dtype": dtype, "shape": list(weight.shape)}
    scales = absmax
    if nested:
        numbers = rounded(dynamic_map())
        offset = float(rounded(absmax.mean()))
        rest = blocks(rounded(absmax - offset), 256)
        tops = np.array([np.abs(part).max() for part in rest])
        eight = [nearest(part / top, numbers) for part, top in zip(rest, tops)]
        scales = np.concatenate([rounded(numbers[part] * top) for part, top in zip(eight, tops)]) + offset
        tensors[".absmax"] = torch.tensor(np.concatenate(eight), dtype=torch.uint8)
        tensors[".nested_absmax"] = torch.tensor(tops, dtype=torch.float32)
        tensors[".nested_quant_map"] = torch.tensor(numbers, dtype=torch.float32)
        state |= {"nested_blocksize": 256, "nested_dtype": "float32", "nested_offset": offset}
    else:
        tensors[".absmax"] = torch.tensor(absmax, dtype=torch.float32)
    text = json.dumps(state).encode()
    tensors[".quant_state.bitsandbytes__nf4"] = torch.tensor(list(text), dtype=torch.uint8)
    values = np.float32(LEVELS[codes]) * np.repeat(np.float32(scales), block)[: len(codes)]
    return tensors, torch.tensor(values, dtype=torch.float32).reshape(weight.shape)


def make(data, name, part, turned, block, nested, dtype):
    source, folder = data / "models" / name, data / "quantised" / name
    folder.mkdir(parents=True, exist_ok=True)
    written, plain = {}, {}
    for key, tensor in read_tensors(source / "model.safetensors").items():
        if part not in key or tensor.dim() != 2:
            written[key] = tensor
            continue
        tensors, values = quantise(tensor.t().contiguous() if turned else tensor, block, nested, dtype)
        written |= {key + end: value for end, value in tensors.items()}
        plain[key] = values.t().contiguous() if turned else values
    write_tensors(folder / "model.safetensors", written)
    write_tensors(folder / "dequantised.safetensors", plain)
    config = json.loads((source / "config.json").read_text())
    config["quantization_config"] = {
        "_load_in_4bit": True, "_load_in_8bit": False, "bnb_4bit_compute_dtype": "float32",
        "bnb_4bit_quant_storage": "uint8", "bnb_4bit_quant_type": "nf4", "bnb_4bit_use_double_quant": nested,
        "llm_int8_enable_fp32_cpu_offload": False, "llm_int8_has_fp16_weight": False, "llm_int8_skip_modules": None,
        "llm_int8_threshold": 6.0, "load_in_4bit": True, "load_in_8bit": False, "quant_method": "bitsandbytes"}  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    shutil.copy(source / "generation_config.json", folder)


if __name__ == "__main__":
    for model in MODELS:
        make(Path(sys.argv[1]), *model)
