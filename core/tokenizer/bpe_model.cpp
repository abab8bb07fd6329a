// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/bpe_model.h"

#include "core/base/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/utf8.h"

#include <cstdio>

namespace lens {
namespace {

constexpr std::size_t kNamedProblems = 10;
constexpr const char* kMetaspace = "\xE2\x96\x81"; // ▁

void addProblem(std::vector<Problem>& problems, std::size_t& unnamed, Problem problem)
{
    if (problems.size() < kNamedProblems)
        problems.push_back(std::move(problem));
    else
        ++unnamed;
}

void throwProblems(std::vector<Problem> problems, std::size_t unnamed, const std::string& where)
{
    if (unnamed > 0)
        problems.push_back({"and " + std::to_string(unnamed) + " more like these", where, ""});
    throwIfAny(std::move(problems));
}

} // namespace

BpeModel::BpeModel(const TokenizerFile& file, const JsonPart& model, bool byteLevel)
    : m_merges(file.merges.size())
    , m_byteLevel(byteLevel)
{
    readOptions(model);
    readVocabulary(file, model.path("vocab"));
    if (model.has("unk_token")) {
        m_unknown = m_written.find(model.text("unk_token"));
        if (m_unknown == kNoToken)
            throw Error("is not in the vocabulary", model.path("unk_token"));
    }
    readMerges(file, model.path("merges"));
    readLetters();
    findSafeCut();
    m_whole = std::make_unique<std::atomic<Whole>[]>(m_written.idLimit());
}

void BpeModel::readOptions(const JsonPart& model)
{
    if (model.has("dropout") &&
        (!model.value["dropout"].is_number() || model.value["dropout"].get<double>() != 0))
        throw Error("random merges (BPE dropout) are not known", model.path("dropout"), "set it to null");
    m_prefix = model.text("continuing_subword_prefix", "");
    m_suffix = model.text("end_of_word_suffix", "");
    m_byteFallback = model.flag("byte_fallback", false);
    m_fuseUnknown = model.flag("fuse_unk", false);
    m_ignoreMerges = model.flag("ignore_merges", false);
}

void BpeModel::readVocabulary(const TokenizerFile& file, const std::string& where)
{
    std::vector<Problem> problems;
    std::size_t unnamed = 0;
    for (const auto& [text, id] : file.entries) {
        const std::string entry = where + "[\"" + text + "\"]";
        if (id < 0 || id > kMaxTokenId)
            addProblem(problems, unnamed,
                       {"the id " + std::to_string(id) + " is not in 0 … " + std::to_string(kMaxTokenId),
                        entry, ""});
        else if (m_written.has(static_cast<TokenId>(id)))
            addProblem(problems, unnamed,
                       {"the id " + std::to_string(id) + " is taken by another token", entry, ""});
        else if (m_written.find(text) != kNoToken)
            addProblem(problems, unnamed, {"the token stands there twice", entry, ""});
        else
            m_written.add(text, static_cast<TokenId>(id));
    }
    throwProblems(std::move(problems), unnamed, where);
    if (m_written.size() == 0)
        throw Error("the vocabulary is empty", where);
}

void BpeModel::readMerges(const TokenizerFile& file, const std::string& where)
{
    std::vector<Problem> problems;
    std::size_t unnamed = 0;
    std::uint32_t rank = 0;
    for (const auto& [left, right] : file.merges) {
        const std::string own = right.rfind(m_prefix, 0) == 0 ? right.substr(m_prefix.size()) : right;
        const TokenId ids[] = {m_written.find(left), m_written.find(right), m_written.find(left + own)};
        const std::string texts[] = {left, right, left + own};
        for (int i = 0; i < 3; ++i) {
            if (ids[i] == kNoToken)
                addProblem(problems, unnamed,
                           {"the token \"" + texts[i] + "\" is not in the vocabulary",
                            where + "[" + std::to_string(rank) + "]", ""});
        }
        m_merges.add(ids[0], ids[1], {rank++, ids[2]});
    }
    throwProblems(std::move(problems), unnamed, where);
}

// Byte-level words are read as raw bytes if that is the same as reading their letters: no affixes, and every
// byte has its letter or simply vanishes.
void BpeModel::readLetters()
{
    for (unsigned byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        m_fallbackIds[byte] = m_written.find(name);
        m_byteIds[byte] = m_written.find(byteLetter(static_cast<unsigned char>(byte)));
    }
    if (!m_byteLevel)
        return;
    const bool plain = m_prefix.empty() && m_suffix.empty();
    m_spelled = !plain || !(writesEveryByte() || (m_unknown == kNoToken && !m_byteFallback));
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
    const bool plain = !m_byteLevel && m_prefix.empty() && m_suffix.empty() && !m_ignoreMerges;
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
    const TokenTable& table = m_byteLevel && !m_spelled ? m_raw : m_written;
    const TokenId whole = table.find(word, hash);
    if (whole != kNoToken && (m_ignoreMerges || isWhole(word, whole, scratch))) {
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
    if (m_byteLevel && !m_spelled)
        bytesOf(word, out);
    else
        charactersOf(word, out);
    scratch.merger.merge(out, m_merges);
}

void BpeModel::bytesOf(std::string_view word, std::vector<Symbol>& out) const
{
    for (std::uint32_t i = 0; i < word.size(); ++i) {
        const TokenId id = m_byteIds[static_cast<unsigned char>(word[i])];
        if (id != kNoToken)
            out.push_back({id, i, i + 1});
    }
}

bool BpeModel::byteTokensOf(std::string_view character, std::size_t at, std::vector<Symbol>& out) const
{
    for (const char c : character) {
        if (m_fallbackIds[static_cast<unsigned char>(c)] == kNoToken)
            return false;
    }
    for (std::size_t i = 0; i < character.size(); ++i) {
        const auto begin = static_cast<std::uint32_t>(at + i);
        out.push_back({m_fallbackIds[static_cast<unsigned char>(character[i])], begin, begin + 1});
    }
    return true;
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
        if ((!first && !m_prefix.empty()) || (last && !m_suffix.empty())) {
            affixed = (first ? "" : m_prefix) + std::string(character) + (last ? m_suffix : "");
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
        if (m_byteFallback && byteTokensOf(character, begin, out))
            continue;
        if (m_unknown == kNoToken)
            continue;
        if (waiting.id != kNoToken && m_fuseUnknown) {
            waiting.end = end;
            continue;
        }
        flush();
        waiting = {m_unknown, begin, end};
    }
    flush();
}

} // namespace lens
