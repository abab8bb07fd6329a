#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Writes the first inputs of the fuzz targets, all of them made up: make_seeds.py FOLDER → FOLDER/<target>/…"""
import json
import pathlib
import struct
import sys

OUT = pathlib.Path(sys.argv[1])


def put(target, name, content):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def safetensors(tensors, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, dtype, shape, content in tensors:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    head = text(header).encode()
    return struct.pack("<Q", len(head)) + head + data


def int64(*numbers):
    return struct.pack(f"<{len(numbers)}q", *numbers)


def make_safetensors():
    put("safetensors", "empty", safetensors([]))
    put("safetensors", "float", safetensors([("a", "F32", [2, 1], bytes(8)), ("b", "BF16", [], b"\0\0")], {"format": "pt"}))
    put("safetensors", "small", safetensors([("m.u", "U8", [3], b"abc"), ("m.v", "BOOL", [0, 4], b""), ("f", "F8_E4M3", [1], b"x")]))
    put("safetensors", "rows", safetensors([("input_ids", "I64", [2, 2], int64(1, 2, 3, 0)),
                                            ("attention_mask", "I64", [2, 2], int64(1, 1, 1, 0)),
                                            ("labels", "I64", [2, 2], int64(-100, 2, -100, -100))]))
    put("safetensors", "batches", safetensors([("input_ids", "I32", [1, 2, 2], struct.pack("<4i", 5, 6, 7, 8))]))


LLAMA = {"model_type": "llama", "hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
         "num_key_value_heads": 1, "vocab_size": 32, "max_position_embeddings": 64, "rms_norm_eps": 1e-5, "hidden_act": "silu",
         "tie_word_embeddings": False, "bos_token_id": 1, "eos_token_id": [2, 3], "pad_token_id": None, "torch_dtype": "bfloat16"}
ROPES = [
    {"rope_type": "linear", "factor": 2.0},
    {"type": "dynamic", "factor": 4.0},
    {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 32},
    {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32, "beta_fast": 32, "beta_slow": 1, "attention_factor": 1.1,
     "mscale": 1.0, "mscale_all_dim": 1.0, "truncate": False},
    {"rope_type": "longrope", "short_factor": [1.0, 1.1], "long_factor": [1.0, 4.0], "factor": 4.0, "original_max_position_embeddings": 32},
]


def make_model_config():
    put("model_config", "llama", text(LLAMA))
    for i, rope in enumerate(ROPES):
        put("model_config", f"rope{i}", text({**LLAMA, "rope_theta": 10000.0, "rope_scaling": rope}))
        put("model_config", f"rope5_{i}", text({**LLAMA, "dtype": "float32", "rope_parameters": {"rope_theta": 10000.0, **rope}}))
    more = {
        "mistral": {"sliding_window": 16, "head_dim": 4},
        "qwen2": {"use_sliding_window": True, "layer_types": ["full_attention", "sliding_attention"], "max_window_layers": 1},
        "qwen3": {"head_dim": 4, "attention_bias": False, "use_sliding_window": False},
        "gemma": {"head_dim": 4, "hidden_activation": "gelu_pytorch_tanh"},
        "gemma2": {"head_dim": 4, "hidden_activation": "gelu_pytorch_tanh", "attn_logit_softcapping": 50.0,
                   "final_logit_softcapping": 30.0, "query_pre_attn_scalar": 4, "sliding_window": 16},
        "phi3": {"partial_rotary_factor": 0.5, "original_max_position_embeddings": 32, "resid_pdrop": 0.0},
    }
    for family, keys in more.items():
        put("model_config", family, text({**LLAMA, **keys, "model_type": family}))
    put("model_config", "gpt2", text({"model_type": "gpt2", "n_embd": 8, "n_layer": 2, "n_head": 2, "n_positions": 64, "n_ctx": 64, "n_inner": None,
                                      "vocab_size": 32, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "attn_pdrop": 0.0,
                                      "scale_attn_weights": True, "tie_word_embeddings": True}))
    put("model_config", "gpt_neox", text({"model_type": "gpt_neox", "hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2,
                                          "num_attention_heads": 2, "vocab_size": 32, "rotary_pct": 0.5, "rotary_emb_base": 10000,
                                          "use_parallel_residual": True, "hidden_act": "gelu", "layer_norm_eps": 1e-5, "attention_bias": True}))


LORA = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 8, "lora_dropout": 0.0, "target_modules": ["q_proj", "v_proj"],
        "bias": "none", "base_model_name_or_path": "base", "inference_mode": True, "init_lora_weights": True, "megatron_core": "megatron.core",
        "loftq_config": {}, "use_rslora": False, "fan_in_fan_out": False, "modules_to_save": None, "peft_version": "0.18.0"}


def make_adapter_config():
    put("adapter_config", "lora", text(LORA))
    put("adapter_config", "regex", text({**LORA, "target_modules": r".*\.(q|v)_proj", "use_rslora": True, "bias": "lora_only"}))
    put("adapter_config", "all", text({**LORA, "target_modules": "all-linear", "use_dora": True, "exclude_modules": ["lm_head"], "bias": "all"}))
    put("adapter_config", "patterns", text({**LORA, "rank_pattern": {"q_proj": 8, "^model.layers.0.*": 2}, "alpha_pattern": {"q_proj": 16},
                                            "layers_to_transform": [0, 1], "layers_pattern": "layers", "modules_to_save": ["lm_head"]}))
    put("adapter_config", "pissa", text({**LORA, "init_lora_weights": "pissa_niter_4", "layers_to_transform": 1}))


MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi! ▁é"}]


def make_rows():
    put("rows", "messages", text({"messages": MESSAGES}) + "\n" + text({"messages": MESSAGES[1:]}) + "\n")
    put("rows", "sharegpt", text({"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}) + "\n")
    put("rows", "tools", text({"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]},
                                            {"role": "assistant", "content": None, "reasoning_content": "r", "tool_calls": [
                                                {"type": "function", "id": "c1", "function": {"name": "f", "arguments": {"x": 1}}}]},
                                            {"role": "tool", "content": "2", "tool_call_id": "c1"}, {"role": "assistant", "content": "two"}],
                               "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]}) + "\n")
    put("rows", "alpaca", text({"instruction": "Add.", "input": "1 2", "output": "3"}) + "\n\n" + text({"instruction": "Say a.", "output": "a"}))
    put("rows", "completion", text({"prompt": "a b", "completion": " c"}) + "\r\n" + text({"prompt": "", "completion": "d"}))
    put("rows", "text", text({"text": "hello hell"}) + "\n" + text({"text": "\u2028 x"}) + "\n")
    put("rows", "list", "\ufeff[" + text({"text": "a ] }"}) + ",\n " + text({"text": "b \" , \\\\"}) + "\n]\n")
    put("rows", "plain", "one line\n\nanother <|im_end|> line\r\nlast")


def letters():
    """The byte-level alphabet, by the rule that GPT-2 published: printing Latin-1 stands for itself."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(byte) if byte in shown else chr(256 + hidden.index(byte)): byte for byte in range(256)}


def added(number, content, **flags):
    return {"id": number, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True, **flags}


def tokenizer(vocab, merges=(), **parts):
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False,
             "byte_fallback": False, "ignore_merges": False, **parts.pop("model", {}), "vocab": vocab, "merges": list(merges)}
    return text({"version": "1.0", "added_tokens": [], "normalizer": None, "pre_tokenizer": None, "post_processor": None, "decoder": None, **parts,
                 "model": model})


def make_tokenizer_json():
    small = {"h": 0, "e": 1, "l": 2, "o": 3, "he": 4, "ll": 5, "Ġ": 6, "hell": 7, "o</w>": 8, "##l": 9, "<unk>": 10}
    merges = ["h e", "l l", "he ll"]
    level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    split = {"type": "Split", "pattern": {"Regex": "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+"}, "behavior": "Isolated",
             "invert": False}
    template = {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [20], "tokens": ["<s>"]}}}
    config = text({"bos_token": "<s>", "eos_token": {"content": "</s>"}, "add_bos_token": True, "add_eos_token": False,
                   "tokenizer_class": "LlamaTokenizer", "chat_template": "{{ messages }}",
                   "added_tokens_decoder": {"20": added(20, "<s>"), "21": added(21, "</s>")}})
    put("tokenizer_json", "bytes", tokenizer(letters(), pre_tokenizer=level, decoder=level))
    put("tokenizer_json", "split", tokenizer(small, merges, added_tokens=[added(20, "<s>"), added(21, "</s>", lstrip=True, rstrip=True)],
                                             pre_tokenizer={"type": "Sequence", "pretokenizers": [split, level]}, post_processor=template,
                                             decoder=level) + "\0" + config)
    put("tokenizer_json", "pairs", tokenizer(small, [["h", "e"], ["l", "l"]], pre_tokenizer={"type": "Digits", "individual_digits": True},
                                             post_processor={"type": "Sequence", "processors": [level, template]},
                                             added_tokens=[added(20, "<s>", special=False, normalized=True, single_word=True)]) + "\0\0hello <s> hell1")
    metaspace = {"▁": 0, "a": 1, "▁a": 2, "<unk>": 3, "<s>": 4, "<0x0A>": 5, "<0xC3>": 6, "<0xA9>": 7}
    spm = [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]
    back = [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]
    put("tokenizer_json", "spm", tokenizer(metaspace, ["▁ a"], normalizer={"type": "Sequence", "normalizers": spm},
                                           decoder={"type": "Sequence", "decoders": back},
                                           model={"byte_fallback": True, "fuse_unk": True, "unk_token": "<unk>"}) + "\0{}\0a é a\n")
    put("tokenizer_json", "metaspace", tokenizer(metaspace, ["▁ a"], normalizer={"type": "NFKC"}, model={"unk_token": "<unk>"},
                                                 pre_tokenizer={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
                                                 decoder={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}) + "\0\0a ﬁ a")
    norms = [{"type": kind} for kind in ("NFD", "Lowercase", "StripAccents", "NFC")] + [{"type": "Strip", "strip_left": True, "strip_right": False}]
    pres = [{"type": "WhitespaceSplit"}, {"type": "Punctuation", "behavior": "Contiguous"}, {"type": "CharDelimiterSplit", "delimiter": "-"},
            {"type": "Whitespace"}, {"type": "UnicodeScripts"}]
    for i, pre in enumerate(pres):
        put("tokenizer_json", f"pre{i}", tokenizer(small, merges, normalizer={"type": "Sequence", "normalizers": norms}, pre_tokenizer=pre,
                                                   post_processor={"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0],
                                                                   "trim_offsets": True, "add_prefix_space": False},
                                                   decoder={"type": ["BPEDecoder", "WordPiece", "ByteFallback", "Fuse", "CTC"][i]},
                                                   model={"end_of_word_suffix": "</w>", "continuing_subword_prefix": "##"} if i % 2 == 0 else {}))
    put("tokenizer_json", "unigram", text({"version": "1.0", "added_tokens": [], "normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAAAA=="},
                                           "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}, "post_processor": None,
                                           "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
                                           "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": False,
                                                     "vocab": [["<unk>", 0.0], ["▁", -2.0], ["a", -1.5], ["▁a", -1.0], ["b", -3.0]]}}) + "\0\0a ab b")


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def field(number, value):
    """One protobuf field; a float becomes 32 bits, an int a varint."""
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


NORMAL, UNKNOWN, CONTROL, USER, UNUSED, BYTE = range(1, 7)


def sentence_piece(pieces, kind, extra=b"", fallback=False, chars_map=b"", **flags):
    out = b"".join(field(1, field(1, text) + field(2, score) + (field(3, type_) if type_ != NORMAL else b"")) for text, score, type_ in pieces)
    out += field(2, field(3, kind) + (field(35, 1) if fallback else b"") + field(44, " ? "))
    normalizer = field(1, "made_up") + (field(2, chars_map) if chars_map else b"")
    for number, name in ((3, "dummy"), (4, "remove"), (5, "escape")):
        if name in flags:
            normalizer += field(number, flags[name])
    return out + field(3, normalizer) + extra


def chars_map():
    """One rule, "A" → "b", as a double array: unit 0 leads to A's unit, that to the leaf with the value."""
    units = [0] * 512
    units[0] = 256 << 10
    at = 256 ^ ord("A")
    units[at] = 1 << 8 | (at ^ 511) << 10 | ord("A")
    units[511] = 1 << 31
    return struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + b"b\0"


def make_tokenizer_model():
    basic = [("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL), ("▁", -2.0, NORMAL), ("a", -1.5, NORMAL), ("▁a", -1.0, NORMAL),
             ("ab", -3.0, NORMAL), ("b", -3.5, NORMAL), ("aba", -4.0, NORMAL)]
    bytes_ = [(f"<0x{i:02X}>", 0.0, BYTE) for i in range(256)]
    texts = [field(1000, "a aba é A ▁<s>"), field(1000, "  ab  ba ") + field(1001, 1),
             field(1000, "a<s>b") + field(1001, 1) + field(1002, text({"bos_token": "<s>", "eos_token": "</s>", "legacy": False,
                                                                       "tokenizer_class": "LlamaTokenizer", "add_bos_token": True}))]
    for i, extra in enumerate(texts):
        for kind, name in ((1, "unigram"), (2, "bpe")):
            put("tokenizer_model", f"{name}{i}", sentence_piece(basic, kind, extra, dummy=i % 2, remove=1 - i % 2))
            put("tokenizer_model", f"{name}_user{i}", sentence_piece(basic + [("user", 0.0, USER)] + ([("no", -9.0, UNUSED)] if kind == 1 else []), kind, extra,
                                                                     escape=i % 2))
    put("tokenizer_model", "fallback", sentence_piece(basic + bytes_, 2, texts[0], True))
    put("tokenizer_model", "fallback_unigram", sentence_piece(basic + bytes_, 1, texts[1], True))
    put("tokenizer_model", "map", sentence_piece(basic, 1, texts[0], chars_map=chars_map()))


TEMPLATES = [
    "{{ bos_token }}{% for m in messages %}{{ '<|' + m['role'] + '|>\\n' + m.content | trim + eos_token }}{% endfor %}{% if add_generation_prompt %}<|a|>{% endif %}",
    "{%- for message in messages -%}{%- if (message.role == 'user') != (loop.index0 % 2 == 0) -%}{{ raise_exception('roles must alternate') }}{%- endif -%}"
    "{%- if message.role == 'assistant' -%}{% generation %}{{ message.content }}{% endgeneration %}{%- else -%}{{ message['content'] }}{%- endif -%}{%- endfor -%}",
    "{% set ns = namespace(last=-1, text='') %}{% for m in messages[::-1] %}{% set ns.last = loop.revindex0 %}{% set ns.text = ns.text ~ m.content.split('</think>')[-1].lstrip('\\n') %}"
    "{% endfor %}{{ ns.text }}{{ ns.last }}{{ messages | length }}",
    "{% macro f(x, y=2) %}{{ x | tojson(indent=2) }}{{ caller() if caller else y }}{% endmacro %}{{ f(messages[0]) }}{% call f(1) %}c{% endcall %}{{ strftime_now('%d %b %Y') }}",
    "{%- set x = messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | list -%}{{ x | join(', ') | upper | replace('A', 'b') }}{{ 'a %s %d' % ('b', 3) }}"
    "{{ '{:>5}'.format(7) }}{{ [1, 2, 3] | sum }}{{ {'a': 1}.items() | list }}{{ (1, 'a', none, true, 2.5e3) }}",
    "{% for k, v in tools[0].function.items() recursive %}{{ k }}={{ v if v is string else loop(v.items()) if v is mapping else v | tojson }}{% else %}none{% endfor %}",
    "{% filter upper %}a{% raw %}{{ }}{% endraw %}{% endfilter %}{# note #}{% with a = 1 %}{{ a }}{% endwith %}{% set b %}x{{ 1 // 2 ** 3 }}{% endset %}{{ b[1:-1] }}{{ range(3) | list }}",
    "{% for m in messages if m.role is defined and m.role not in ['x'] %}{{ loop.cycle('a', 'b') }}{% if loop.first %}{% continue %}{% endif %}{{ m.tool_calls is iterable }}{% break %}{% endfor %}",
]



def make_chat_template():
    messages = text([{"role": "user", "content": "a b"}, {"role": "assistant", "content": "c</think>d"}])
    tools = text({"tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "integer"}}}}}]})
    for i, template in enumerate(TEMPLATES):
        put("chat_template", f"t{i}", template)
        put("chat_template", f"m{i}", template + "\0" + messages + "\0" + tools)


for make in (make_safetensors, make_model_config, make_adapter_config, make_rows, make_tokenizer_json, make_tokenizer_model, make_chat_template):
    make()
