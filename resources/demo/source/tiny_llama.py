# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""The demo's model: its shape, random first weights, and packing of trained weights as bfloat16."""
import array
import json
import random
import struct

HIDDEN, LAYERS, HEADS, KEY_HEADS, INNER = 192, 4, 6, 2, 512
HEAD = HIDDEN // HEADS


def config(vocabulary, special):
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": vocabulary,
        "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS, "num_key_value_heads": KEY_HEADS, "head_dim": HEAD, "hidden_act": "silu",
        "max_position_embeddings": 256, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "rope_scaling": None,
        "attention_bias": False, "mlp_bias": False, "tie_word_embeddings": True,
        "bos_token_id": special["<|begin|>"], "eos_token_id": special["<|end|>"],
        "pad_token_id": special["<|padding|>"], "initializer_range": 0.02, "torch_dtype": "bfloat16",
        "use_cache": True,
    }


def shapes(vocabulary):
    """Tensor name -> shape, (out, in) as Hugging Face stores them."""
    out = {"model.embed_tokens.weight": (vocabulary, HIDDEN), "model.norm.weight": (HIDDEN,)}
    for layer in range(LAYERS):
        prefix = f"model.layers.{layer}."
        out |= {
            prefix + "input_layernorm.weight": (HIDDEN,),
            prefix + "post_attention_layernorm.weight": (HIDDEN,),
            prefix + "self_attn.q_proj.weight": (HEADS * HEAD, HIDDEN),
            prefix + "self_attn.k_proj.weight": (KEY_HEADS * HEAD, HIDDEN),
            prefix + "self_attn.v_proj.weight": (KEY_HEADS * HEAD, HIDDEN),
            prefix + "self_attn.o_proj.weight": (HIDDEN, HEADS * HEAD),
            prefix + "mlp.gate_proj.weight": (INNER, HIDDEN),
            prefix + "mlp.up_proj.weight": (INNER, HIDDEN),
            prefix + "mlp.down_proj.weight": (HIDDEN, INNER),
        }
    return dict(sorted(out.items()))


def random_weights(vocabulary, seed):
    """Norms are ones; matrices normal with deviation 0.02, those that write into the residual smaller."""
    source = random.Random(seed)
    weights = {}
    for name, shape in shapes(vocabulary).items():
        count = shape[0] * (shape[1] if len(shape) == 2 else 1)
        residual = name.endswith(("o_proj.weight", "down_proj.weight"))
        deviation = 0.02 / (2 * LAYERS) ** 0.5 if residual else 0.02
        values = (1.0 for _ in range(count)) if len(shape) == 1 else (source.gauss(0, deviation) for _ in range(count))
        weights[name] = (shape, array.array("f", values))
    return weights


def bfloat16_bytes(values):
    """Rounds to nearest, ties to even. Throws on values that are not finite."""
    out = array.array("H")
    for (bits,) in struct.iter_unpack("<I", values.tobytes()):
        if bits & 0x7F800000 == 0x7F800000:
            raise ValueError("a weight is not finite")
        out.append((bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
    return out.tobytes()


def write_safetensors(path, weights, bfloat16):
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, (shape, values) in weights.items():
        blob = bfloat16_bytes(values) if bfloat16 else values.tobytes()
        header[name] = {"dtype": "BF16" if bfloat16 else "F32", "shape": list(shape),
                        "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def read_safetensors(path):
    """Float32 tensors only: what a `full` run writes when its dtype is float32."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    weights = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']}, expected F32")
        begin, end = entry["data_offsets"]
        weights[name] = (tuple(entry["shape"]), array.array("f", data[8 + length + begin:8 + length + end]))
    return weights
