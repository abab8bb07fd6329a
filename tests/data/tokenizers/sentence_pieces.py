# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""SentencePiece models: trained, asked for their ids, and converted to what tokenizer.json holds."""
import base64
import io
import os

import sentencepiece


def protobuf_field(message, wanted):
    """The last field of that number that holds bytes."""
    at, found = 0, None

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = varint()
        length = varint() if tag & 7 in (0, 2) else {1: 8, 5: 4}[tag & 7]
        if tag & 7 == 2 and tag >> 3 == wanted:
            found = message[at:at + length]
        if tag & 7 != 0:
            at += length
    return found


class Model:
    def __init__(self, model_bytes):
        self.bytes = model_bytes
        self.processor = sentencepiece.SentencePieceProcessor(model_proto=model_bytes)
        ids = range(self.processor.get_piece_size())
        self.pieces = [(self.processor.id_to_piece(id), self.processor.get_score(id)) for id in ids]

    def cases(self, texts):
        found = []
        for text in texts:
            ids = self.processor.encode(text)
            found.append({"text": text, "ids": ids, "decoded": self.processor.decode(ids)})
        return found

    def chars_map(self):
        """normalizer_spec.precompiled_charsmap, in base64."""
        normalizer = protobuf_field(self.bytes, 3)
        return base64.b64encode(protobuf_field(normalizer, 2)).decode()

    def bpe_json(self):
        """As transformers converts it: all splits of a piece into two, the best score first."""
        ids = {piece: id for id, (piece, _) in enumerate(self.pieces)}
        merges = []
        for piece, score in self.pieces:
            splits = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
            known = [split for split in splits if split[0] in ids and split[1] in ids]
            known.sort(key=lambda split: (ids[split[0]], ids[split[1]]))
            merges += [(left, right, score) for left, right in known]
        merges.sort(key=lambda merge: -merge[2])
        return {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "vocab": ids,
                "merges": [[left, right] for left, right, _ in merges]}

    def unigram_json(self):
        return {"type": "Unigram", "unk_id": 0, "byte_fallback": False,
                "vocab": [[piece, score] for piece, score in self.pieces]}


def train(lines, kind):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, model_type=kind, vocab_size=1100, hard_vocab_limit=False, byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, character_coverage=0.995,
        user_defined_symbols=["<tool>", "a b"], minloglevel=2, num_threads=1)
    return Model(model.getvalue())


def train_with_rules(lines):
    """Everything that `train` leaves as it is the other way round; characters are mapped by a few rules."""
    rules = {"Ä": "ae", "ß": "ss", "…": "...", "ab": "AB", "\t": " ", "\n": " ", "\u3000": " ", "ﬁ": "fi", "\u00ad": ""}
    with open("rules.tsv", "w") as file: # the model keeps this name
        for source, target in rules.items():
            hexed = [" ".join(f"{ord(character):X}" for character in text) for text in (source, target)]
            file.write("\t".join(hexed) + "\n")
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, model_type="unigram", vocab_size=700, hard_vocab_limit=False, byte_fallback=False,
        normalization_rule_tsv="rules.tsv", remove_extra_whitespaces=True, treat_whitespace_as_suffix=True,
        character_coverage=0.98, control_symbols=["<sep>"], user_defined_symbols=["[X]"], minloglevel=2, num_threads=1)
    os.unlink("rules.tsv")
    return Model(model.getvalue())
