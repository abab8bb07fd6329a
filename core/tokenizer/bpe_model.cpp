// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/bpe_model.h"

#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lens {
namespace {

constexpr const char* kMetaspace = "\xE2\x96\x81"; // ▁

} // namespace

BpeModel::BpeModel(TokenTable vocabulary, MergeTable merges, BpeOptions options)
    : m_options(std::move(options))
    , m_merges(std::move(merges))
{
    m_written = std::move(vocabulary);
    readLetters();
    findSafeCut();
    m_whole = std::make_unique<std::atomic<Whole>[]>(m_written.idLimit());
}

// Byte-level words are read as raw bytes if that is the same as reading their letters: no affixes, and every
// byte has its letter or simply vanishes.
void BpeModel::readLetters()
{
    if (m_options.byteFallback)
        m_bytes = ByteTokens(m_written);
    if (!m_options.byteLevel)
        return;
    for (unsigned byte = 0; byte < 256; ++byte)
        m_byteIds[byte] = m_written.find(byteLetter(static_cast<unsigned char>(byte)));
    const bool plain = m_options.prefix.empty() && m_options.suffix.empty();
    const bool vanish = m_options.unknown == kNoToken && !m_options.byteFallback;
    m_spelled = !plain || !(writesEveryByte() || vanish);
    if (m_spelled)
        return;
    for (std::size_t i = 0; i < m_written.idLimit(); ++i) {
        const auto id = static_cast<TokenId>(i);
        if (const auto bytes = bytesOfLetters(m_written.bytes(id)); bytes && m_written.has(id))
            m_raw.add(*bytes, id);
    }
}

bool BpeModel::writesEveryByte() const
{
    for (const TokenId id : m_byteIds) {
        if (id == kNoToken)
            return false;
    }
    return true;
}

// SentencePiece shapes hand the whole text over as one word. Where no token has ▁ behind another character,
// nothing merges across such a place, and the word may be cut there.
void BpeModel::findSafeCut()
{
    const bool plain = !m_options.byteLevel && m_options.prefix.empty() && m_options.suffix.empty() &&
                       !m_options.ignoreMerges;
    if (!plain || m_written.find(kMetaspace) == kNoToken)
        return;
    const std::string_view metaspace = kMetaspace;
    for (std::size_t i = 0; i < m_written.idLimit(); ++i) {
        const std::string_view text = m_written.bytes(static_cast<TokenId>(i));
        std::size_t lead = 0;
        while (text.substr(lead, metaspace.size()) == metaspace)
            lead += metaspace.size();
        if (text.find(metaspace, lead) != std::string_view::npos)
            return;
    }
    m_cut = kMetaspace;
}

void BpeModel::encode(std::string_view word, EncodeScratch& scratch) const
{
    scratch.symbols.clear();
    if (m_spelled)
        encodeSpelled(word, scratch);
    else if (!m_cut.empty())
        encodeCut(word, scratch);
    else
        encodePart(word, 0, scratch);
}

// Writes the bytes out in letters, and counts the tokens' bytes in the word again.
void BpeModel::encodeSpelled(std::string_view word, EncodeScratch& scratch) const
{
    std::string letters;
    std::vector<std::uint32_t> bytes; // of the word, by byte of the letters
    for (std::size_t i = 0; i < word.size(); ++i) {
        letters += byteLetter(static_cast<unsigned char>(word[i]));
        bytes.resize(letters.size(), static_cast<std::uint32_t>(i));
    }
    encodePart(letters, 0, scratch);
    for (Symbol& symbol : scratch.symbols)
        symbol = {symbol.id, bytes[symbol.begin], bytes[symbol.end - 1] + 1};
}

void BpeModel::encodeCut(std::string_view word, EncodeScratch& scratch) const
{
    std::size_t begin = 0;
    std::size_t leadEnd = 0; // behind the cut marks seen last
    for (std::size_t at = word.find(m_cut); at != std::string_view::npos; at = word.find(m_cut, leadEnd)) {
        if (at > leadEnd) {
            encodePart(word.substr(begin, at - begin), begin, scratch);
            begin = at;
        }
        leadEnd = at + m_cut.size();
    }
    encodePart(word.substr(begin), begin, scratch);
}

// Appends the tokens of [at, at + part.size()) of a word.
void BpeModel::encodePart(std::string_view part, std::size_t at, EncodeScratch& scratch) const
{
    const std::size_t first = scratch.symbols.size();
    appendTokens(part, scratch);
    if (at == 0)
        return;
    for (std::size_t i = first; i < scratch.symbols.size(); ++i) {
        scratch.symbols[i].begin += static_cast<std::uint32_t>(at);
        scratch.symbols[i].end += static_cast<std::uint32_t>(at);
    }
}

void BpeModel::appendTokens(std::string_view word, EncodeScratch& scratch) const
{
    const std::uint64_t hash = hashOfBytes(word);
    const TokenTable& table = m_options.byteLevel && !m_spelled ? m_raw : m_written;
    const TokenId whole = table.find(word, hash);
    if (whole != kNoToken && (m_options.ignoreMerges || isWhole(word, whole, scratch))) {
        scratch.symbols.push_back({whole, 0, static_cast<std::uint32_t>(word.size())});
        return;
    }
    if (scratch.words.find(word, hash, scratch.symbols))
        return;
    merged(word, scratch, scratch.wordSymbols);
    scratch.words.keep(word, hash, scratch.wordSymbols.data(), scratch.wordSymbols.size());
    scratch.symbols.insert(scratch.symbols.end(), scratch.wordSymbols.begin(), scratch.wordSymbols.end());
}

// Tried once for each token, by whichever thread meets it first; all find the same.
bool BpeModel::isWhole(std::string_view word, TokenId id, EncodeScratch& scratch) const
{
    std::atomic<Whole>& known = m_whole[static_cast<std::size_t>(id)];
    Whole state = known.load(std::memory_order_relaxed);
    if (state == Whole::Untried) {
        merged(word, scratch, scratch.wordSymbols);
        const bool itself = scratch.wordSymbols.size() == 1 && scratch.wordSymbols[0].id == id;
        state = itself ? Whole::Yes : Whole::No;
        known.store(state, std::memory_order_relaxed);
    }
    return state == Whole::Yes;
}

void BpeModel::merged(std::string_view word, EncodeScratch& scratch, std::vector<Symbol>& out) const
{
    out.clear();
    if (m_options.byteLevel && !m_spelled)
        bytesOf(word, out);
    else if (m_options.sentencePiece)
        anyCharactersOf(word, out);
    else
        charactersOf(word, out);
    scratch.merger.merge(out, m_merges);
    if (m_options.sentencePiece)
        tellUnknown(word, out);
}

void BpeModel::bytesOf(std::string_view word, std::vector<Symbol>& out) const
{
    for (std::uint32_t i = 0; i < word.size(); ++i) {
        const TokenId id = m_byteIds[static_cast<unsigned char>(word[i])];
        if (id != kNoToken)
            out.push_back({id, i, i + 1});
    }
}

// As Hugging Face's library does it, including that an unknown token waits behind byte tokens until a known
// character comes.
void BpeModel::charactersOf(std::string_view word, std::vector<Symbol>& out) const
{
    Symbol waiting;
    const auto flush = [&] {
        if (waiting.id != kNoToken)
            out.push_back(waiting);
        waiting = {};
    };
    std::string affixed;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t length = std::min<std::size_t>(utf8Length(word[at]), word.size() - at);
        std::string_view character = word.substr(at, length);
        const bool first = at == 0;
        const bool last = at + length == word.size();
        if ((!first && !m_options.prefix.empty()) || (last && !m_options.suffix.empty())) {
            affixed =
                (first ? "" : m_options.prefix) + std::string(character) + (last ? m_options.suffix : "");
            character = affixed;
        }
        const auto begin = static_cast<std::uint32_t>(at);
        const auto end = static_cast<std::uint32_t>(at + length);
        at = end;
        if (const TokenId id = m_written.find(character); id != kNoToken) {
            flush();
            out.push_back({id, begin, end});
            continue;
        }
        const std::size_t known = out.size();
        if (m_options.byteFallback && m_bytes.append(character, begin, out)) {
            for (std::size_t i = known; character.size() > length && i < out.size(); ++i)
                out[i] = {out[i].id, begin, end}; // an affix has no bytes in the text
            continue;
        }
        if (m_options.unknown == kNoToken)
            continue;
        if (waiting.id != kNoToken && m_options.fuseUnknown) {
            waiting.end = end;
            continue;
        }
        flush();
        waiting = {m_options.unknown, begin, end};
    }
    flush();
}

bool BpeModel::isHidden(TokenId id) const
{
    return std::binary_search(m_options.hidden.begin(), m_options.hidden.end(), id);
}

// Every character, known or not: a text that is no token may still be part of one.
void BpeModel::anyCharactersOf(std::string_view word, std::vector<Symbol>& out) const
{
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t length = std::min<std::size_t>(utf8Length(word[at]), word.size() - at);
        const std::string_view character = word.substr(at, length);
        TokenId id = m_written.find(character);
        if (id == kNoToken || isHidden(id))
            id = m_options.loneCharacters.find(character);
        if (id == kNoToken)
            id = kMaxTokenId; // in no merge
        out.push_back({id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
        at += length;
    }
}

// Characters that are no tokens become bytes, or one unknown token for each run of them.
void BpeModel::tellUnknown(std::string_view word, std::vector<Symbol>& symbols) const
{
    const auto isUnknown = [&](const Symbol& symbol) {
        return symbol.id == m_options.unknown || !m_written.has(symbol.id);
    };
    if (std::none_of(symbols.begin(), symbols.end(), isUnknown))
        return;
    std::vector<Symbol> told;
    bool wasUnknown = false;
    for (const Symbol& symbol : symbols) {
        const bool unknown = isUnknown(symbol);
        if (!unknown)
            told.push_back(symbol);
        else if (m_options.byteFallback)
            m_bytes.append(word.substr(symbol.begin, symbol.end - symbol.begin), symbol.begin, told);
        else if (wasUnknown)
            told.back().end = symbol.end;
        else
            told.push_back({m_options.unknown, symbol.begin, symbol.end});
        wasUnknown = unknown;
    }
    symbols = std::move(told);
}

} // namespace lens
