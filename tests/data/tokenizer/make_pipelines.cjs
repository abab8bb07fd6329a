// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes pipelines.json: what Hugging Face's own library makes of texts.json in random normalizers and
// pre-tokenizers, as the FNV-1a hash (64 bits) over all results (each part of each text), followed by the byte FF.
//
//   npm install tokenizers@0.23.2 && NODE_PATH=node_modules node make_pipelines.cjs > pipelines.json
const {Tokenizer} = require('tokenizers');
const {readFileSync} = require('fs');

const read = name => JSON.parse(readFileSync(`${__dirname}/${name}`, 'utf8'));
const whole = parts => Tokenizer.fromString(JSON.stringify({version: '1.0', truncation: null, padding: null,
    added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null,
    model: {type: 'BPE', vocab: {}, merges: []}, ...parts}));
const texts = read('texts.json');
const patterns = Object.values(read('patterns.json')).slice(0, 12);

let seed = 20261122;
function below(limit) {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor(seed / 0x80000000 * limit);
}
const one = list => list[below(list.length)];
const coin = () => below(2) === 1;
const several = make => Array.from({length: 1 + below(3)}, make);
const behavior = () => one(['Isolated', 'Removed', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous']);
const pattern = () => below(3) === 0
    ? {String: one([' ', 'a', 'ab', '.', '\u2581', '\n', '\u00e9', '\u4e2d', "'s", '(a)', '\\d'])}
    : {Regex: one(['\\s+', '\\p{L}+', '[aeiou]', '\\d', 'x*', '(?=b)', '\\b', '^', '$', '\\p{P}', 'ab|b', '(?i:a)', ' {2,}', '\\p{Han}',
        ...patterns])};

const normalizers = [() => ({type: one(['NFC', 'NFD', 'NFKC', 'NFKD'])}), () => ({type: one(['Lowercase', 'StripAccents', 'Nmt'])}),
    () => ({type: 'Strip', strip_left: coin(), strip_right: coin()}), () => ({type: 'Prepend', prepend: one(['\u2581', 'a ', ' '])}),
    () => ({type: 'Replace', pattern: pattern(), content: one(['', '\u2581', 'x', 'aa', '$1', '\\0'])}),
    () => ({type: 'BertNormalizer', clean_text: coin(), handle_chinese_chars: coin(), strip_accents: one([null, true, false]),
        lowercase: coin()})];
const cutters = [() => ({type: 'Split', pattern: pattern(), behavior: behavior(), invert: coin()}),
    () => ({type: 'Digits', individual_digits: coin()}), () => ({type: 'Punctuation', behavior: behavior()}),
    () => ({type: one(['Whitespace', 'WhitespaceSplit', 'BertPreTokenizer'])}), () => ({type: 'FixedLength', length: 1 + below(5)}),
    () => ({type: 'CharDelimiterSplit', delimiter: one(['a', ' ', '.'])}),
    () => ({type: 'Metaspace', replacement: one(['\u2581', '_']), prepend_scheme: one(['always', 'first', 'never']), split: coin()}),
    () => ({type: 'ByteLevel', add_prefix_space: coin(), trim_offsets: true, use_regex: coin()})];

function digest(results) {
    let hash = 0xcbf29ce484222325n;
    const add = byte => { hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n); };
    for (const result of results) {
        for (const byte of Buffer.from(result)) add(byte);
        add(255);
    }
    return hash.toString(16).padStart(16, '0');
}
const rows = [];
for (let i = 0; i < 150; ++i) {
    const normalizer = i % 3 ? one(normalizers)() : {type: 'Sequence', normalizers: several(() => one(normalizers)())};
    const normal = whole({normalizer}).getNormalizer();
    rows.push({normalizer, hash: digest(texts.map(text => normal.normalizeString(text)))});
    const pre_tokenizer = i % 3 ? one(cutters)() : {type: 'Sequence', pretokenizers: several(() => one(cutters)())};
    const cutter = whole({pre_tokenizer}).getPreTokenizer();
    rows.push({pre_tokenizer, hash: digest(texts.flatMap(text => cutter.preTokenizeString(text).map(part => part[0])))});
}
const ascii = text => text.replace(/[\u007f-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
console.log(`[\n${rows.map(row => ' ' + ascii(JSON.stringify(row))).join(',\n')}\n]`);
