// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes classes.json: which code points Hugging Face's own library matches, as a count and the FNV-1a hash (64
// bits) over their UTF-8 bytes in order; for regular expressions and for parts of tokenizer.json.
//
//   npm install tokenizers@0.23.2 && NODE_PATH=node_modules node make_classes.cjs > classes.json
const {Tokenizer} = require('tokenizers');

const chunks = [];
for (let c = 0; c < 0x110000; c += 4096) {
    let text = '';
    for (let i = c; i < c + 4096; ++i) text += i >= 0xd800 && i < 0xe000 ? '' : String.fromCodePoint(i);
    chunks.push(text);
}
const whole = parts => Tokenizer.fromString(JSON.stringify({version: '1.0', truncation: null, padding: null,
    added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null,
    model: {type: 'BPE', vocab: {}, merges: []}, ...parts}));

function digest(characters) {
    let hash = 0xcbf29ce484222325n, count = 0;
    for (const character of characters) {
        ++count;
        for (const byte of Buffer.from(character)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    }
    return {count, hash: hash.toString(16).padStart(16, '0')};
}
function* removedBy(regex) {
    const normalizer = whole({normalizer: {type: 'Replace', pattern: {Regex: regex}, content: ''}}).getNormalizer();
    for (const text of chunks) {
        const kept = new Set(normalizer.normalizeString(text));
        for (const character of text) if (!kept.has(character)) yield character;
    }
}
function* cutBy(part) {
    const cutter = whole({pre_tokenizer: part}).getPreTokenizer();
    for (const text of chunks)
        for (const character of text)
            if (cutter.preTokenizeString('a' + character + 'a').length > 1) yield character;
}
function* changedBy(part) {
    const normalizer = whole({normalizer: part}).getNormalizer();
    for (const text of chunks)
        for (const character of text) {
            const to = normalizer.normalizeString('a' + character + 'a');
            if (to !== 'a' + character + 'a') yield character + to;
        }
}

const regexes = ['\\s', '\\S', '\\w', '\\W', '\\d', '\\D', '\\h', '\\H', '.', '\\R', '\\p{Any}', '\\p{Assigned}'];
for (const name of ['alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space',
    'upper', 'word', 'xdigit'])
    regexes.push(`[[:${name}:]]`, `[[:^${name}:]]`, `\\p{${name}}`, `[^[:${name}:]x]`);
for (const name of ['L', 'Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'LC', 'M', 'Mn', 'Mc', 'Me', 'N', 'Nd', 'Nl', 'No', 'P', 'Pc', 'Pd', 'Ps',
    'Pe', 'Pi', 'Pf', 'Po', 'S', 'Sm', 'Sc', 'Sk', 'So', 'Z', 'Zs', 'Zl', 'Zp', 'C', 'Cc', 'Cf', 'Co', 'Cn', 'Letter',
    'Uppercase_Letter', 'Decimal_Number', 'Han', 'Hani', 'Hiragana', 'Katakana', 'Latin', 'Cyrillic', 'Thai', 'Common',
    'Inherited', 'Garay', 'Todhri', 'Kawi', 'Unknown', 'Old Italic', 'Alphabetic', 'White_Space', 'Uppercase', 'Emoji',
    'Extended_Pictographic', 'Ideographic', 'Math', 'Cased', 'Dash'])
    regexes.push(`\\p{${name}}`, `[^\\p{${name}}\\s]`);
for (const regex of ['\\P{punct}', '\\P{word}', '[\\P{Lu}]', '[\\P{Han}]', '[\\P{Garay}]', '[^\\s\\p{L}\\p{N}]', '[^\\r\\n\\p{L}\\p{N}]', '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]', '[\\p{L}&&[^\\p{Han}]]',
    '[\\p{L}\\p{M}&&\\p{Latin}]', '[^\\p{L}&&\\p{Lu}]', '[\\w&&[^\\d_]]', '(?i:[a-z])', '(?i:[^a-z])', '(?i:[\\x{10D50}-\\x{10D65}])',
    '(?i:[^\\p{Lu}])', '(?i:\\p{Lu})', '(?i:\\P{Ll})', '(?i:s)', '(?i:k)', '(?i:\\u00e5)', '(?i:\\x{10D50})', '(?i:[\\u0400-\\u04ff])',
    '(?i:[\\u0370-\\u038f\\u0391-\\u03a9])', '(?m:.)', '\\N', '\\O'])
    regexes.push(regex);
const classes = {};
for (const regex of regexes) classes[regex] = digest(removedBy(regex));
const pre_tokenizers = [{type: 'Digits', individual_digits: true}, {type: 'Punctuation', behavior: 'Isolated'}, {type: 'Whitespace'},
    {type: 'WhitespaceSplit'}, {type: 'BertPreTokenizer'}].map(part => ({part, ...digest(cutBy(part))}));
const normalizers = [{type: 'Lowercase'}, {type: 'StripAccents'}, {type: 'NFC'}, {type: 'NFD'}, {type: 'NFKC'}, {type: 'NFKD'}, {type: 'Nmt'}, {type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: true,
        lowercase: false}]
    .map(part => ({part, ...digest(changedBy(part))}));
const lines = rows => rows.map(row => '  ' + row).join(',\n');
console.log(`{
 "made_with": "tokenizers 0.23.2",
 "classes": {
${lines(Object.entries(classes).map(([regex, found]) => `${JSON.stringify(regex)}: ${JSON.stringify(found)}`))}
 },
 "pre_tokenizers": [
${lines(pre_tokenizers.map(row => JSON.stringify(row)))}
 ],
 "normalizers": [
${lines(normalizers.map(row => JSON.stringify(row)))}
 ]
}`);
