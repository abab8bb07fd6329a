#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Makes the golden tokenizers of this folder again.

    /usr/bin/python3 make_tokenizers.py DESTINATION NODE_MODULES

The vocabularies are trained on text.txt: byte-level BPE here, the others by SentencePiece (Debian's
python3-sentencepiece 0.1.97). The expected ids are those of SentencePiece and of Hugging Face's own library, the npm
package tokenizers 0.23.2 below NODE_MODULES (hugging_face.mjs).
"""
import collections
import json
import os
import re
import subprocess
import sys

import pipelines
import sentence_pieces
import texts

HERE = os.path.dirname(os.path.abspath(__file__))


def byte_letters():
    """GPT-2's letters for the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, following = {}, 256
    for byte in range(256):
        if byte in printable:
            letters[byte] = chr(byte)
        else:
            letters[byte] = chr(following)
            following += 1
    return letters


def train_byte_bpe(text, merge_count):
    """Vocabulary and merges: the most frequent pair first, the smaller one among equals."""
    letters = byte_letters()
    words = collections.Counter(re.findall(r" ?\w+| ?[^\w\s]+|\s+", text))
    spelled = {tuple(letters[byte] for byte in word.encode()): count for word, count in words.items()}
    vocabulary = sorted(letters.values())
    merges = []
    for _ in range(merge_count):
        pairs = collections.Counter()
        for word, count in spelled.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        vocabulary.append(best[0] + best[1])
        spelled = collections.Counter({merged(word, best): count for word, count in spelled.items()})
    return {token: id for id, token in enumerate(vocabulary)}, merges


def merged(word, pair):
    result, i = [], 0
    while i < len(word):
        if word[i:i + 2] == pair:
            result.append(word[i] + word[i + 1])
            i += 2
        else:
            result.append(word[i])
            i += 1
    return tuple(result)


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


def write_sentence_piece(folder, model):
    os.makedirs(folder, exist_ok=True)
    with open(folder + "/tokenizer.model", "wb") as file:
        file.write(model.bytes)
    write(folder + "/sp_cases.json", model.cases(texts.sentence_piece_texts()))


def main():
    destination, node_modules = sys.argv[1:3]
    with open(HERE + "/text.txt") as file:
        text = file.read()
    vocabulary, merges = train_byte_bpe(text, 600)
    byte_model = {"type": "BPE", "vocab": vocabulary, "merges": [" ".join(pair) for pair in merges]}
    lines = text.splitlines()
    bpe = sentence_pieces.train(lines, "bpe")
    unigram = sentence_pieces.train(lines, "unigram")
    write_sentence_piece(destination + "/spm_bpe", bpe)
    write_sentence_piece(destination + "/spm_unigram", unigram)
    rules = sentence_pieces.train_with_rules(lines)
    write_sentence_piece(destination + "/spm_rules", rules)

    models = {"bytes": byte_model, "pieces": bpe.bpe_json(), "unigram": unigram.unigram_json()}
    wholes = pipelines.whole_tokenizers(models)
    for name, (tokenizer, config) in wholes.items():
        write(f"{destination}/{name}/tokenizer.json", tokenizer)
        write(f"{destination}/{name}/tokenizer_config.json", config)
    request = {"destination": os.path.abspath(destination), "node_modules": os.path.abspath(node_modules),
               "whole": list(wholes), "texts": texts.whole_texts(), "unicode16": texts.unicode16_texts(),
               "tiny": {"models": models, "tokenizers": pipelines.small_tokenizers(models, rules.chars_map())},
               "tiny_texts": texts.tiny_texts()}
    subprocess.run(["node", HERE + "/hugging_face.mjs"], input=json.dumps(request), text=True, check=True)


main()
