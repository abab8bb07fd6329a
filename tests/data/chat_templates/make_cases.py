#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Renders this folder's templates with Python's jinja2 and writes NAME.cases.json beside each NAME.jinja.

Usage: make_cases.py (needs python3-jinja2; made with 3.1.2). All templates here were written for this project.
constructs.txt holds one small template a line; their cases carry them as "template".
"""
import datetime
import json
import pathlib
import re
import sys

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2024, 7, 6, 12, 34, 56)

VARIABLES = {
    "s": "Hello, World", "t": "  pad\tded \n", "u": "Ünï ßcode Σίσυφος ΑΣ ñ", "ml": "line1\n\n  line2\r\nline3\n",
    "html": "<a href=\"x\">T&amp;'q'</a>", "mix": "aBcDeF-ghi jk_lm", "emo": "a😀b👍🏽", "n": 7, "f": 2.5, "fl": "3.75",
    "h": 1e20, "i3": 0.1, "l": [3, 1, 2], "ls": ["b", "a", "C"], "lm": [1, "x", None, 2.5, True],
    "ll": [[1, 2], [3, 4], [5]], "d": {"k": "v", "a": 1, "items": "ITEMS", "Z": None},
    "dl": [{"name": "bob", "age": 3, "role": "user"}, {"name": "Al", "age": 10, "role": "assistant"},
           {"name": "cy", "age": 3, "role": "User"}],
    "dn": {"x": {"y": {"z": [1, {"w": "deep"}]}}, "n": [10, 20]},
}

TOOLS = [{"type": "function", "function": {
    "name": "weather", "description": "The weather of a “city” <now>",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
                   "required": ["city"]}}}]

CALL = {"id": "call_0001", "type": "function", "function": {"name": "weather", "arguments": {"city": "Zürich", "days": 2}}}


def turn(role, content, **more):
    return {"role": role, "content": content, **more}


CONVERSATIONS = {
    "user": [turn("user", "What is 2+2?")],
    "system": [turn("system", "Be kind."), turn("user", " Hi \n"), turn("assistant", "Hello.\n")],
    "turns": [turn("user", "a"), turn("assistant", "b"), turn("user", "c"), turn("assistant", "d"), turn("user", "e")],
    "other_scripts": [turn("user", "你好 😀 ñ"), turn("assistant", "Ünï\u00a0“ok” Σς\u2028x")],
    "marks_of_others": [turn("user", "<|end|>{{ x }}{% y %}</s>"), turn("assistant", "<think>no</think>")],
    "thinking": [turn("user", "q"), turn("assistant", "<think>\nwhy\n</think>\n\nbecause"), turn("user", "r"),
                 turn("assistant", "so", reasoning_content="hm\n")],
    "tools": [turn("user", "w?"), turn("assistant", "", tool_calls=[CALL, CALL]),
              turn("tool", "22 °C", name="weather", tool_call_id="call_0001"),
              turn("tool", "{\"t\": 1}", name="weather"), turn("assistant", "It is 22 °C.")],
    "parts": [turn("user", [{"type": "text", "text": "What is"}, {"type": "image"}, {"type": "text", "text": "?"}]),
              turn("assistant", [{"type": "text", "text": "A cat."}])],
    "nothing": [],
    "empty_texts": [turn("user", ""), turn("assistant", "")],
    "wrong_order": [turn("assistant", "first"), turn("user", "x"), turn("user", "y")],
    "late_system": [turn("user", "x"), turn("system", "late")],
    "unknown_role": [turn("observer", "x")],
    "no_content": [{"role": "user"}],
}


class Generation(jinja2.ext.Extension):
    """{% generation %}, as a call block; the body is fenced so that its span can be found in the text."""

    tags = {"generation"}
    BEGIN, END = "\ue000", "\ue001"

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("fenced"), [], [], body).set_lineno(line)

    def fenced(self, caller):
        return self.BEGIN + caller() + self.END


def to_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True,
                                                       extensions=[Generation, jinja2.ext.loopcontrols])
    env.filters["tojson"] = to_json
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def without_fences(text):
    plain, spans, opened = [], [], []
    for character in text:
        if character == Generation.BEGIN:
            opened.append(len(spans))
            spans.append([len(plain), None])
        elif character == Generation.END:
            spans[opened.pop()][1] = len(plain)
        else:
            plain.append(character)
    return "".join(plain), spans


def result(env, template, case):
    names = {"tools": None, "documents": None, **case["special_tokens"], **case["variables"]}
    try:
        text = env.from_string(template).render(messages=case["messages"],
                                                add_generation_prompt=case["add_generation_prompt"], **names)
    except Exception as error:
        raised = type(error) is jinja2.exceptions.TemplateError
        return {"error": str(error) if raised else type(error).__name__}
    text, spans = without_fences(text)
    return {"expected": text, "generation_spans": spans}


def cases_of(env, template):
    for name, messages in CONVERSATIONS.items():
        for prompt in (False, True):
            for tools in ({}, {"tools": TOOLS}) if name in ("tools", "system") else ({},):
                case = {"conversation": name, "messages": messages, "add_generation_prompt": prompt,
                        "special_tokens": {"bos_token": "<s>", "eos_token": "</s>"}, "variables": tools}
                yield {**case, **result(env, template, case)}


def unwritten(line):
    for short, long in (("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r")):
        line = line.replace(short, long)
    return line


def construct_cases(env):
    for line in (HERE / "constructs.txt").read_text().split("\n"):
        if not line or line.startswith("# ") or line.startswith("#\t"):
            continue
        # Escapes inside of a tag belong to its strings; outside they are the template's own white space.
        parts = split_tags(line)
        template = "".join(part if i % 2 else unwritten(part) for i, part in enumerate(parts))
        case = construct_case(env, template)
        yield case
        if "error" in case and len(parts) > 3 and not any("{%" in part for part in parts):
            yield from (construct_case(env, part) for part in parts[1::2])


def construct_case(env, template):
    case = {"template": template, "messages": [], "add_generation_prompt": False, "special_tokens": {},
            "variables": {name: value for name, value in VARIABLES.items() if re.search(r"\b%s\b" % name, template)}}
    return {**case, **result(env, template, case)}


def split_tags(line):
    """Text, tag, text, tag …"""
    parts, at = [], 0
    while True:
        starts = [i for i in (line.find("{{", at), line.find("{%", at)) if i >= 0]
        if not starts:
            return parts + [line[at:]]
        begin = min(starts)
        end = line.find("}}" if line[begin + 1] == "{" else "%}", begin)
        end = len(line) if end < 0 else end + 2
        parts += [line[at:begin], line[begin:end]]
        at = end


def write(name, cases):
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (HERE / (name + ".cases.json")).write_text("[\n" + lines + "\n]\n")


def main():
    env = environment()
    for path in sorted(HERE.glob("*.jinja")):
        cases = construct_cases(env) if path.stem == "constructs" else cases_of(env, path.read_text())
        write(path.stem, cases)


sys.exit(main())
