// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes splits.json: how Hugging Face's own library (Oniguruma) splits texts.json by the patterns of
// patterns.json, as the FNV-1a hash (64 bits) over all parts of all texts, each followed by the byte FF. Patterns
// of tokenizers in use, and others that say one thing of Oniguruma's syntax each. Behaviour and invert alternate.
//
//   npm install tokenizers@0.23.2 && NODE_PATH=node_modules node make_splits.cjs > splits.json
const {Tokenizer} = require('tokenizers');
const {readFileSync} = require('fs');

const read = name => JSON.parse(readFileSync(`${__dirname}/${name}`, 'utf8'));
const cutterOf = part => Tokenizer.fromString(JSON.stringify({version: '1.0', truncation: null, padding: null,
    added_tokens: [], normalizer: null, pre_tokenizer: part, post_processor: null, decoder: null,
    model: {type: 'BPE', vocab: {}, merges: []}})).getPreTokenizer();

const texts = read('texts.json');
const behaviors = ['Isolated', 'Removed', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];
const rows = Object.entries(read('patterns.json')).map(([name, pattern], i) => {
    const row = {name, pattern, behavior: behaviors[Math.floor(i / 2) % 5], invert: i % 2 === 1};
    let cutter;
    try {
        cutter = cutterOf({type: 'Split', pattern: {Regex: pattern}, behavior: row.behavior, invert: row.invert});
    } catch (error) {
        return {...row, refused: true};
    }
    let hash = 0xcbf29ce484222325n;
    const add = byte => { hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n); };
    for (const text of texts)
        for (const [part] of cutter.preTokenizeString(text)) {
            for (const byte of Buffer.from(part)) add(byte);
            add(255);
        }
    return {...row, hash: hash.toString(16).padStart(16, '0')};
});
console.log(`[\n${rows.map(row => ' ' + JSON.stringify(row)).join(',\n')}\n]`);
