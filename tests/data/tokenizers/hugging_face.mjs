// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Asks Hugging Face's own library for ids and decoded texts. Called by make_tokenizers.py, which says on the
// standard input what to make.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const request = JSON.parse(readFileSync(0, 'utf8'));
const { Tokenizer } = createRequire(request.node_modules + '/')('tokenizers');

async function caseOf(tokenizer, text, special) {
    const encoding = await tokenizer.encode(text, null, { addSpecialTokens: special });
    const ids = encoding.getIds();
    return {
        text, add_special_tokens: special, ids, decoded: await tokenizer.decode(ids, false),
        decoded_skip_special: await tokenizer.decode(ids, true),
    };
}

async function casesOf(tokenizer, texts, specials) {
    const cases = [];
    for (const special of specials) {
        for (const text of texts)
            cases.push(await caseOf(tokenizer, text, special));
    }
    return cases;
}

function write(path, value) {
    const lines = value.map((one) => JSON.stringify(one)).join(',\n');
    writeFileSync(path, '[\n' + lines + '\n]\n');
}

for (const name of request.whole) {
    const folder = request.destination + '/' + name;
    const tokenizer = Tokenizer.fromString(readFileSync(folder + '/tokenizer.json', 'utf8'));
    write(folder + '/cases.json', await casesOf(tokenizer, request.texts, [false, true]));
    if (name === 'byte_bpe')
        write(folder + '/unicode16_cases.json', await casesOf(tokenizer, request.unicode16, [false]));
}

const { models, tokenizers } = request.tiny;
for (const entry of tokenizers) {
    const { name, model, model_options, ...parts } = entry;
    const whole = {
        version: '1.0', truncation: null, padding: null, ...parts,
        model: { ...models[model], ...model_options },
    };
    if (model_options.type === null)
        delete whole.model.type;
    const tokenizer = Tokenizer.fromString(JSON.stringify(whole));
    entry.cases = await casesOf(tokenizer, request.tiny_texts, parts.post_processor ? [false, true] : [false]);
}
mkdirSync(request.destination + '/tiny', { recursive: true });
writeFileSync(request.destination + '/tiny/tiny.json', JSON.stringify(request.tiny) + '\n');
