# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Safetensors and JSON files in the forms that transformers and PEFT write, without their libraries."""

import json
import struct
from pathlib import Path

import torch

# Type name, bytes of an element; in the order in which safetensors lays types out (the file is sorted by width).
TYPES = {
    torch.int64: ("I64", 8),
    torch.float64: ("F64", 8),
    torch.float32: ("F32", 4),
    torch.float16: ("F16", 2),
    torch.bfloat16: ("BF16", 2),
    torch.uint8: ("U8", 1),
    torch.bool: ("BOOL", 1),
}
BY_NAME = {name: dtype for dtype, (name, _) in TYPES.items()}
ORDER = [dtype for dtype in TYPES]


def read_tensors(path):
    """All tensors of a safetensors file, by name."""
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        dtype = BY_NAME[entry["dtype"]]
        if begin == end:
            tensors[name] = torch.empty(entry["shape"], dtype=dtype)
            continue
        flat = torch.frombuffer(bytearray(raw[begin:end]), dtype=dtype)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors


def bytes_of(tensor):
    flat = tensor.detach().contiguous().reshape(-1)
    if flat.dtype == torch.bfloat16:  # numpy has no such type
        return flat.view(torch.int16).numpy().tobytes()
    return flat.numpy().tobytes()


def write_tensors(path, tensors):
    """Widest types first, names sorted within a type, as the safetensors library does."""
    names = sorted(tensors, key=lambda name: (ORDER.index(tensors[name].dtype), name))
    header, offset, chunks = {"__metadata__": {"format": "pt"}}, 0, []
    for name in names:
        chunk = bytes_of(tensors[name])
        header[name] = {
            "dtype": TYPES[tensors[name].dtype][0],
            "shape": list(tensors[name].shape),
            "data_offsets": [offset, offset + len(chunk)],
        }
        offset += len(chunk)
        chunks.append(chunk)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def write_shards(folder, tensors, count):
    """model-0000i-of-0000n.safetensors and their index; tensors in name order, cut by bytes."""
    total = sum(t.numel() * TYPES[t.dtype][1] for t in tensors.values())
    shards, filled = [{} for _ in range(count)], 0
    for name in sorted(tensors):
        shards[min(count - 1, filled * count // total)][name] = tensors[name]
        filled += tensors[name].numel() * TYPES[tensors[name].dtype][1]
    weight_map = {}
    for i, shard in enumerate(shards):
        file = f"model-{i + 1:05d}-of-{count:05d}.safetensors"
        write_tensors(Path(folder) / file, shard)
        weight_map.update({name: file for name in shard})
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(weight_map.items()))}
    write_json(Path(folder) / "model.safetensors.index.json", index, sort=False)


def read_model(folder):
    """All tensors of a model folder, from one file or from shards."""
    index = Path(folder) / "model.safetensors.index.json"
    if not index.exists():
        return read_tensors(Path(folder) / "model.safetensors")
    tensors = {}
    for file in sorted(set(json.loads(index.read_text())["weight_map"].values())):
        tensors.update(read_tensors(Path(folder) / file))
    return tensors


def read_json(path):
    return json.loads(Path(path).read_text())


def write_json(path, value, sort=True):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(value, indent=2, sort_keys=sort) + "\n")
