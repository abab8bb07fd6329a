# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Contents of tokenizer.json files: a few whole ones, and small ones for a component or an option each."""

MARK = "▁"
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
LLAMA3 = ("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|"
          "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")


def byte_level(**more):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True, **more}


def split(pattern, behavior="Isolated", invert=False, text=False):
    return {"type": "Split", "pattern": {"String" if text else "Regex": pattern}, "behavior": behavior, "invert": invert}


def sequence(key, *parts):
    return {"type": "Sequence", key: list(parts)}


def metaspace(scheme, cut=True):
    return {"type": "Metaspace", "replacement": MARK, "prepend_scheme": scheme, "split": cut}


def replace(pattern, content, text=True):
    return {"type": "Replace", "pattern": {"String" if text else "Regex": pattern}, "content": content}


def added(id, content, special=True, **flags):
    return {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": not special,
            "special": special, **flags}


def template(before, after=()):
    tokens = {name: {"id": name, "ids": ids, "tokens": [name] * len(ids)} for name, ids in (*before, *after)}
    special = lambda names: [{"SpecialToken": {"id": name, "type_id": 0}} for name, _ in names]
    single = special(before) + [{"Sequence": {"id": "A", "type_id": 0}}] + special(after)
    return {"type": "TemplateProcessing", "single": single, "pair": single + [{"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": tokens}


SPM_DECODER = sequence("decoders", replace(MARK, " "), {"type": "ByteFallback"}, {"type": "Fuse"},
                       {"type": "Strip", "content": " ", "start": 1, "stop": 0})
SPM_NORMALIZER = sequence("normalizers", {"type": "Prepend", "prepend": MARK}, replace(" ", MARK))


def whole(model, added_tokens=(), normalizer=None, pre_tokenizer=None, post_processor=None, decoder=None):
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": list(added_tokens),
            "normalizer": normalizer, "pre_tokenizer": pre_tokenizer, "post_processor": post_processor,
            "decoder": decoder, "model": model}


def config_of(tokens, **more):
    decoder = {str(token["id"]): {key: value for key, value in token.items() if key != "id"} for token in tokens}
    return {"added_tokens_decoder": decoder, **more}


def whole_tokenizers(models):
    result = {}
    size = len(models["bytes"]["vocab"])
    names = ["<|begin|>", "<|end|>", "<|turn|>", "<|pad|>"]
    tokens = [added(size + i, name) for i, name in enumerate(names)]
    tokens.append(added(size + 4, "<mask>", lstrip=True))
    tokens.append(added(size + 5, "word", special=False, single_word=True))
    begin = byte_level(), template([("<|begin|>", [size])])
    result["byte_bpe"] = (
        whole({**models["bytes"], "ignore_merges": True}, tokens, {"type": "NFC"},
              sequence("pretokenizers", split(LLAMA3), byte_level(use_regex=False)), sequence("processors", *begin),
              byte_level()),
        config_of(tokens, bos_token="<|begin|>", eos_token={"content": "<|end|>"}, pad_token="<|pad|>",
                  mask_token="<mask>", additional_special_tokens=["<|turn|>"], tokenizer_class="PreTrainedTokenizerFast"))
    spm = [added(0, "<unk>"), added(1, "<s>"), added(2, "</s>"), added(3, "<tool>", special=False, normalized=False),
           added(4, "a b", special=False, normalized=False)]  # as transformers converts user-defined pieces
    llama = {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
             "pad_token": None, "add_bos_token": True, "add_eos_token": False}
    result["spm_bpe"] = (whole(models["pieces"], spm, SPM_NORMALIZER, None, template([("<s>", [1])]), SPM_DECODER),
                         config_of(spm, **llama, legacy=True))
    result["metaspace_bpe"] = (
        whole(models["pieces"], spm, None, metaspace("first", False), template([("<s>", [1])], [("</s>", [2])]), SPM_DECODER),
        config_of(spm, **{**llama, "add_eos_token": True}, legacy=False))
    result["unigram"] = (
        whole(models["unigram"], spm[:3], {"type": "NFKC"}, metaspace("always"), template([], [("</s>", [2])]),
              {"type": "Metaspace", "replacement": MARK, "prepend_scheme": "always", "split": True}),
        config_of(spm[:3], eos_token="</s>", unk_token="<unk>"))
    return result


def small_tokenizers(models, chars_map):
    entries = []

    def entry(name, model, options=None, added_tokens=(), decoder="usual", **parts):
        usual = byte_level() if model == "bytes" else SPM_DECODER
        entries.append({"name": name, "model": model, "model_options": options or {}, "added_tokens": list(added_tokens),
                        "normalizer": None, "pre_tokenizer": byte_level() if model == "bytes" else None,
                        "post_processor": None, "decoder": usual if decoder == "usual" else decoder, **parts})

    cut = lambda *parts: sequence("pretokenizers", *parts, byte_level(use_regex=False))
    for behavior in BEHAVIORS:
        for invert in (False, True):
            entry(f"split {behavior} {invert}", "bytes", pre_tokenizer=cut(split("\\s|\\d{2}", behavior, invert)))
        entry(f"split text {behavior}", "bytes", pre_tokenizer=cut(split("l", behavior, text=True)))
        entry(f"punctuation {behavior}", "bytes", pre_tokenizer=cut({"type": "Punctuation", "behavior": behavior}))
    for pattern in ("\\w+|[^\\w\\s]+", "\\p{N}{1,2}+", "(?i)L", "^|$", "x*", "[[:upper:]]\\h?", "\\p{Han}|\\p{Latin}+", "(?<=l)l", "\\b"):
        entry("pattern " + pattern, "bytes", pre_tokenizer=cut(split(pattern)))
    for one in ({"type": "Whitespace"}, {"type": "WhitespaceSplit"}, {"type": "BertPreTokenizer"}, {"type": "CharDelimiterSplit", "delimiter": "e"},
                {"type": "Digits", "individual_digits": True}, {"type": "Digits", "individual_digits": False}):
        entry(f"pre-tokenizer {one['type']} {one.get('individual_digits', '')}", "bytes", pre_tokenizer=cut(one))
    entry("prefix space", "bytes", pre_tokenizer=byte_level(add_prefix_space=True), added_tokens=[added(856, "[A]")])
    entry("byte-level first", "bytes", pre_tokenizer=sequence("pretokenizers", byte_level(), {"type": "Digits", "individual_digits": True}))
    for normalizer in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"):
        entry("normalizer " + normalizer, "bytes", normalizer={"type": normalizer},
              added_tokens=[added(856, "éT", special=False), added(857, "[A]")])
    for left, right in ((True, True), (True, False), (False, True)):
        entry(f"strip {left} {right}", "bytes", normalizer={"type": "Strip", "strip_left": left, "strip_right": right})
    entry("replace pattern", "bytes", normalizer=replace(" {2,}|l", "_", text=False))
    entry("byte letters first", "bytes", normalizer={"type": "ByteLevel"}, pre_tokenizer=split("Ġ?[A-Za-z]+"))
    entry("normalizer Nmt", "bytes", normalizer={"type": "Nmt"})
    for clean, chinese, strip, lower in ((True, True, None, True), (False, True, True, False), (True, False, False, True)):
        bert = {"type": "BertNormalizer", "clean_text": clean, "handle_chinese_chars": chinese, "strip_accents": strip,
                "lowercase": lower}
        entry(f"normalizer Bert {clean} {chinese} {strip} {lower}", "bytes", normalizer=bert)
    entry("normalizer Precompiled", "unigram", normalizer={"type": "Precompiled", "precompiled_charsmap": chars_map},
          pre_tokenizer=metaspace("always"))
    for length in (1, 4):
        entry(f"pieces of {length}", "bytes", pre_tokenizer=cut({"type": "FixedLength", "length": length}))
    entry("no normalizers", "bytes", normalizer=sequence("normalizers"))
    for flags in ({"lstrip": True}, {"rstrip": True}, {"single_word": True}, {"lstrip": True, "rstrip": True},
                  {"normalized": True}, {"special": False}):
        tokens = [added(856, "[A]", **flags), added(857, "<b>", **flags), added(858, "the", **flags), added(859, "  ", **flags)]
        entry("added " + " ".join(flags), "bytes", added_tokens=tokens, normalizer={"type": "Lowercase"})
    entry("ids as they come", "bytes", added_tokens=[added(2000, "[A]"), added(5, "<b>"), added(2000, "the")])
    tokens = [added(856, "[A]"), added(857, "<b>")]
    entry("template", "bytes", added_tokens=tokens, post_processor=template([("[A]", [856, 857])], [("<b>", [857])]))
    for kind in ("Bert", "Roberta"):
        more = {"trim_offsets": True, "add_prefix_space": False} if kind == "Roberta" else {}
        entry(kind, "bytes", added_tokens=tokens,
              post_processor={"type": kind + "Processing", "sep": ["<b>", 857], "cls": ["[A]", 856], **more})
    entry("no decoder", "bytes", decoder=None)
    entry("ignore merges", "bytes", {"ignore_merges": True, "merges": models["bytes"]["merges"][:40]})
    entry("unreachable words", "bytes", {"merges": models["bytes"]["merges"][:40]})
    entry("without type", "bytes", {"type": None})
    for fused in (False, True):
        for fallback in (False, True):
            options = {"fuse_unk": fused, "byte_fallback": fallback}
            entry(f"unknown {fused} {fallback}", "pieces", options, normalizer=SPM_NORMALIZER)
    entry("unknown vanishes", "pieces", {"unk_token": None, "byte_fallback": False}, normalizer=SPM_NORMALIZER)
    entry("gemma", "pieces", normalizer=replace(" ", MARK), pre_tokenizer=split(" ", "MergedWithPrevious", text=True))
    for model in ("pieces", "unigram"):
        for scheme in ("first", "always", "never"):
            entry(f"{model} metaspace {scheme}", model, pre_tokenizer=metaspace(scheme, scheme != "never"),
                  added_tokens=[added(1, "<s>"), added(1100, "[A]")],
                  decoder={"type": "Metaspace", "replacement": MARK, "prepend_scheme": scheme, "split": True})
    entry("unigram bytes", "unigram", {"byte_fallback": True}, pre_tokenizer=metaspace("always"))
    entry("unigram byte-level", "unigram", pre_tokenizer=byte_level())
    entry("unigram cleaned", "unigram", normalizer=sequence(
        "normalizers", {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}, replace(" {2,}", " ", text=False)),
          pre_tokenizer=sequence("pretokenizers", {"type": "WhitespaceSplit"}, metaspace("always")))
    entry("word-piece decoder", "pieces", decoder={"type": "WordPiece", "prefix": "##", "cleanup": True})
    for cleanup in (True, False):
        entry(f"CTC decoder {cleanup}", "pieces",
              decoder={"type": "CTC", "pad_token": "l", "word_delimiter_token": "e", "cleanup": cleanup})
    entry("suffix decoder", "pieces", decoder={"type": "BPEDecoder", "suffix": "e"})
    return entries
