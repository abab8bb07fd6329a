# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Trains a small byte-level BPE tokenizer and writes it as Hugging Face's tokenizer.json.

The training text is ASCII, so Python's `re` stands in for the Unicode classes of the pattern; the files name
the ByteLevel pre-tokenizer with its own pattern, which splits ASCII text the same way.
"""
import collections
import json
import re

SPLIT = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
BEGIN, END, PADDING = "<|begin|>", "<|end|>", "<|padding|>"


def byte_letters():
    """The printable letter that stands for each byte in the file (the alphabet of GPT-2's tokenizer)."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {byte: chr(byte) for byte in printable}
    spare = 0x100
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(spare)
            spare += 1
    return letters


def merge_word(word, pair):
    """('a', 'b', 'c') with pair ('a', 'b') -> ('ab', 'c')"""
    out, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return tuple(out)


def train_merges(texts, count):
    """The `count` most frequent pairs, one after the other; ties by spelling, so the result is reproducible."""
    letters = byte_letters()
    spelled = collections.Counter()
    for text in texts:
        for piece in SPLIT.findall(text):
            spelled[tuple(letters[b] for b in piece.encode())] += 1
    words = dict(spelled)
    merges = []
    while len(merges) < count:
        frequency = collections.Counter()
        for word, times in words.items():
            for pair in zip(word, word[1:]):
                frequency[pair] += times
        if not frequency:
            break
        best = min(frequency, key=lambda pair: (-frequency[pair], pair))
        if frequency[best] < 2:
            break
        merges.append(best)
        merged = collections.Counter()
        for word, times in words.items():
            merged[merge_word(word, best)] += times
        words = dict(merged)
    return merges


def write_tokenizer(folder, merges):
    letters = byte_letters()
    tokens = sorted(letters.values()) + [a + b for a, b in merges]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    special = {token: len(tokens) + i for i, token in enumerate((BEGIN, END, PADDING))}
    added = [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for token, i in special.items()]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    template = {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": BEGIN, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"SpecialToken": {"id": BEGIN, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                 {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {BEGIN: {"id": BEGIN, "ids": [special[BEGIN]], "tokens": [BEGIN]}},
    }
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": byte_level, "post_processor": {"type": "Sequence", "processors": [byte_level, template]},
        "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": vocabulary, "merges": [f"{a} {b}" for a, b in merges]},
    }
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": BEGIN, "eos_token": END,
              "pad_token": PADDING, "clean_up_tokenization_spaces": False, "model_max_length": 256,
              "add_bos_token": True, "add_eos_token": False}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    return len(tokens) + len(special), special
