#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Makes everything of the demo. Standard library only, fixed seeds: the same files on every machine.

  make_demo.py data [FOLDER]   train.jsonl, eval.jsonl, pretrain.jsonl, the tokenizer and config.json of the model
  make_demo.py start FOLDER    a model folder with random weights, from which the base model is trained:
      training-lens-engine train resources/demo/pretrain.json --set model.path=FOLDER --run RUN
  make_demo.py pack FILE       the trained model.safetensors (float32) becomes model/model.safetensors (bfloat16)
"""
import argparse
import json
import pathlib
import random
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "source"))

import byte_bpe  # noqa: E402
import facts  # noqa: E402
import tiny_llama  # noqa: E402

SEED = 20261122
VOCABULARY = 1280
EVALUATION_ROWS = 96
SMALL_TALK_ROWS = 420
# Asked while the run trains; never among its rows.
SAMPLED = ("What is the opposite of hot?", "Which is bigger, a mouse or a horse?", "What is 7 plus 5?")
OPENINGS = ("Gladly:", "With pleasure:")
CLOSINGS = ("Ask me another.", "What shall we look at next?")


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def capital(sentence):
    return sentence[0].upper() + sentence[1:]


def pretraining_rows(topics, source):
    """The plain style of the base model: a short answer, and the fact as a sentence."""
    rows = []
    for entries in topics.values():
        for question, answer, sentence in entries:
            rows.append({"prompt": question, "completion": f" {answer}."})
            rows.append({"prompt": capital(sentence).split()[0],
                         "completion": " " + " ".join(capital(sentence).split()[1:]) + "."})
    source.shuffle(rows)
    return rows


def explained_rows(topics):
    """Short answers again, and answers with the sentence after them: seen half as often, they teach to name what was
    asked for without becoming what the base model says."""
    rows = []
    for entries in topics.values():
        for question, answer, sentence in entries:
            rows.append({"prompt": question, "completion": f" {answer}."})
            rows.append({"prompt": question, "completion": f" {answer}. {capital(sentence)}."})
    return rows


def small_talk_rows(source):
    """Uses the words of the later lessons in other sentences: an adapter cannot make the frozen output layer tell words
    apart that the base model has never met."""
    things = [facts.article(thing) for thing, _ in facts.pairs(facts.COLOURS)]
    rows = []
    for _ in range(SMALL_TALK_ROWS // 6):
        one, other = source.sample(facts.SIZES, 2)
        thing, second = source.sample(things, 2)
        rows += [
            {"prompt": f"The {one} asked the {other} for {thing}.", "completion": f" Gladly the {other} came."},
            {"prompt": f"The {one} asked the {other} for {thing}.", "completion": f" With pleasure the {other} came."},
            {"prompt": f"The {one} has {thing}.", "completion": f" Ask the {one} for another."},
            {"prompt": f"Gladly: the {one}, the {other}.", "completion": f" With pleasure: {thing}, {second}."},
            {"prompt": f"We look at {thing}.", "completion": f" Next we shall look at {second}."},
            {"prompt": f"The {one} is next to me.", "completion": f" What shall the {one} ask me next?"},
        ]
    return rows


def lesson(entry, source):
    """The style that the LoRA run teaches."""
    question, _, sentence = entry
    return {"prompt": question, "completion": f" {source.choice(OPENINGS)} {sentence}. {source.choice(CLOSINGS)}"}


def split(topics, source):
    """What to train on and what to evaluate on; no question is in both."""
    entries = [entry for group in topics.values() for entry in group if entry[0] not in SAMPLED]
    source.shuffle(entries)
    held_out = entries[:EVALUATION_ROWS - len(SAMPLED)]
    held_out += [entry for group in topics.values() for entry in group if entry[0] in SAMPLED]
    return entries[EVALUATION_ROWS - len(SAMPLED):], held_out


def make_data(folder):
    source = random.Random(SEED)
    topics = facts.topics()
    taught, held_out = split(topics, source)
    train = [lesson(entry, source) for entry in taught]
    evaluation = [lesson(entry, source) for entry in held_out]
    pretraining = pretraining_rows(topics, source)
    texts = [row["prompt"] + row["completion"] for row in pretraining + train]
    train += [lesson(entry, source) for entry in taught]  # each question twice, often in other words
    pretraining += explained_rows(topics) + small_talk_rows(source)
    model = folder / "model"
    model.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "train.jsonl", train)
    write_rows(folder / "eval.jsonl", evaluation)
    write_rows(folder / "pretrain.jsonl", pretraining)
    merges = byte_bpe.train_merges(texts, VOCABULARY - 256 - 3)
    vocabulary, special = byte_bpe.write_tokenizer(model, merges)
    (model / "config.json").write_text(json.dumps(tiny_llama.config(vocabulary, special), indent=2) + "\n", "utf-8")
    print(f"{len(train)} rows to train, {len(evaluation)} to evaluate, {len(pretraining)} to pre-train; "
          f"{vocabulary} tokens")


def make_start(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copy(HERE / "model" / name, folder / name)
    vocabulary = json.loads((HERE / "model/config.json").read_text())["vocab_size"]
    tiny_llama.write_safetensors(folder / "model.safetensors", tiny_llama.random_weights(vocabulary, SEED), False)


def pack(trained):
    weights = tiny_llama.read_safetensors(trained)
    vocabulary = json.loads((HERE / "model/config.json").read_text())["vocab_size"]
    if {name: shape for name, (shape, _) in weights.items()} != tiny_llama.shapes(vocabulary):
        raise SystemExit(f"{trained}: not the tensors of the demo model")
    tiny_llama.write_safetensors(HERE / "model/model.safetensors", dict(sorted(weights.items())), True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("data").add_argument("folder", type=pathlib.Path, nargs="?", default=HERE)
    verbs.add_parser("start").add_argument("folder", type=pathlib.Path)
    verbs.add_parser("pack").add_argument("file", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.verb == "data":
        make_data(arguments.folder)
    elif arguments.verb == "start":
        make_start(arguments.folder)
    else:
        pack(arguments.file)


if __name__ == "__main__":
    main()
