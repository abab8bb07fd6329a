# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Texts that are hard in one way each."""

_COMMON = [
    "", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n \n", " \t\n x", "x ", " x", "  x  y   z ", "Hello world", "Hello, y'all!",
    "I'm don't WE'LL they'Ve 'S 'ſ", "the the the", "1", "12", "1234567", "3.14e-10 0x1F ½ ² Ⅷ ٣٤", "a_b __init__ x+=1; // y",
    "{\"a\": [1, 2.5, null]}", "!!! ??? ... --- === /* */ $x <y>", "é e\u0301 Å \u212b ﬁ ﬀ İstanbul ß ẞ ǆ",
    "Größe außerdem Übung", "Модель учится", "Η απώλεια", "模型慢慢地学习。每一步", "モデルはゆっくり学びます。", "모델은 천천히",
    "\u1100\u1161\u11a8\uac00", "النموذج يتعلم", "प्रशिक्षण धीरे", "ไทยภาษา", "🙂 👨\u200d👩\u200d👧 🇩🇪 👍🏽", "a\u200bb\u180ec\ufeffd\u00a0e\u3000f\u2028g",
    "\u0000\u0001\u007f\u0080\u00ad", "▁ ▁▁ ▁the", "<s> </s> <unk> <0x41> <0x0A> <tool>", "l" * 60, "a b a b  a b", "[X] x[X]y [X]", "a▁b xa▁bx",
    "𝐀𝕒 𠀀 \U000e0001 \U0010ffff", "x\u0323\u0307 x\u0307\u0323", "don't \"stop\" 'it' “now” ‘or’ «never»", "…Ä\tab  \u3000ﬁn",
]


def whole_texts():
    return _COMMON + ["<|begin|>system<|turn|>\nHello<|end|>", "x<|end|>  y <|pad|> z", "a[word]b [word] (word)", "the<mask>the  <mask>  end",
                      "Sehr geehrte Damen und Herren,\n\n    der Lauf 07 ist fertig (3,5 MB).\n", "total += values[i] * weights[i]; // ok\n\n\n}"]


def sentence_piece_texts():
    return _COMMON + ["The trainer reads a folder and writes a folder.", "Der Verlust fällt zuerst schnell, dann langsamer."]


def tiny_texts():
    return ["", " ", "Hello world", " the  weights\n\nare here ", "I'm 12345 don't, x_1!", "éE\u0301Åﬁ İ 가각", "学习率 太大。", "[A] x[A]the <b>  y",
            "  \t.. l ll", "🙂\u200d ½ ²", "<s>▁the</s> <0x41>",
            "Ä\u0308…ab\r\n\u3000ﬁ\u00ad\u0001\ufffd\u200b中\u0301x"]


def unicode16_texts():
    """Letters, digits, marks and signs that Unicode 15, 15.1 and 16 added."""
    return ["x \U00010d50\U00010d70y", "\U00010d40\U00010d41 12", "a\U000116d0b \U000116da", "\U00031350\U0002ebf0 \U000323af",
            "q\U00011f00w \U00011f50\U00011f51", "\u1c89\u1c8a \ua7cb\ua7da", "\U0001cc00 \U0001ccf0\U0001ccf9", "don\u2ffct \u31ef",
            "\U0001e4d0\U0001e4ec\U0001e4f0", "\U000105c0\U000105c1 \U00016100\U0001611e", "\U00011b00 \U0001fae9 \U0001fadf"]
