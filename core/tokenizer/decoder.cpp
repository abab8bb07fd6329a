// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/decoder.h"

#include "core/base/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/pattern_field.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <optional>

namespace lens {
namespace {

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    std::string out;
    std::size_t end = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, end)) {
        out.append(text, end, at - end).append(with);
        end = at + what.size();
    }
    if (end > 0)
        text = out.append(text, end);
}

class ByteLevel final : public DecoderStage {
public:
    void apply(TokenTexts& tokens) const override
    {
        std::string bytes;
        for (const std::string& token : tokens)
            bytes += bytesOfLetters(token).value_or(token); // added tokens stand for themselves
        tokens.assign(1, repairedUtf8(bytes));
    }
};

// A tokenizer's file may ask for stages that each make a text a hundred times as long.
class Allowance {
public:
    explicit Allowance(const TokenTexts& tokens) : m_left((std::size_t{1} << 20) + 64 * bytesOf(tokens)) {}

    static std::size_t bytesOf(const TokenTexts& tokens)
    {
        std::size_t bytes = 0;
        for (const std::string& token : tokens)
            bytes += token.size() + 1;
        return bytes;
    }
    void spend(std::size_t bytes)
    {
        if (bytes > m_left)
            throw Error("the tokenizer makes too much text out of the tokens", "tokenizer: decoder",
                        "its stages multiply the text");
        m_left -= bytes;
    }

private:
    std::size_t m_left;
};

class Replace final : public DecoderStage {
public:
    Replace(Regex pattern, std::string content) : m_pattern(std::move(pattern)), m_content(std::move(content))
    {
    }
    void apply(TokenTexts& tokens) const override
    {
        MatchScratch scratch;
        Allowance allowance(tokens);
        for (std::string& token : tokens) {
            std::string out;
            std::size_t end = 0;
            m_pattern.forEachMatch(token, scratch, [&](const Regex::Match& match) {
                allowance.spend(m_content.size());
                out.append(token, end, match.begin - end).append(m_content);
                end = match.end;
            });
            token = out.append(token, end);
        }
    }

private:
    Regex m_pattern;
    std::string m_content;
};

class Fuse final : public DecoderStage {
public:
    void apply(TokenTexts& tokens) const override
    {
        std::string text;
        for (const std::string& token : tokens)
            text += token;
        tokens.assign(1, text);
    }
};

// Runs of "<0xE2>" tokens become the text of their bytes; if that is not UTF-8, one U+FFFD for each.
class ByteFallback final : public DecoderStage {
public:
    void apply(TokenTexts& tokens) const override
    {
        TokenTexts out;
        std::string bytes;
        const auto flush = [&] {
            if (firstInvalidUtf8(bytes) == bytes.size() && !bytes.empty())
                out.push_back(bytes);
            else
                out.insert(out.end(), bytes.size(), "\xEF\xBF\xBD");
            bytes.clear();
        };
        for (std::string& token : tokens) {
            if (const auto byte = byteOfToken(token)) {
                bytes.push_back(*byte);
                continue;
            }
            flush();
            out.push_back(std::move(token));
        }
        flush();
        tokens = std::move(out);
    }
};

class Strip final : public DecoderStage {
public:
    Strip(std::string content, std::int64_t start, std::int64_t stop)
        : m_content(std::move(content))
        , m_start(start)
        , m_stop(stop)
    {
    }
    void apply(TokenTexts& tokens) const override
    {
        for (std::string& token : tokens) {
            std::string_view left = token;
            for (std::int64_t i = 0; i < m_start && left.starts_with(m_content); ++i)
                left.remove_prefix(m_content.size());
            for (std::int64_t i = 0; i < m_stop && left.ends_with(m_content); ++i)
                left.remove_suffix(m_content.size());
            if (left.size() < token.size())
                token = std::string(left);
        }
    }

private:
    std::string m_content;
    std::int64_t m_start;
    std::int64_t m_stop;
};

class Metaspace final : public DecoderStage {
public:
    Metaspace(std::string mark, bool prepended) : m_mark(std::move(mark)), m_prepended(prepended) {}
    void apply(TokenTexts& tokens) const override
    {
        for (std::size_t i = 0; i < tokens.size(); ++i)
            replaceAll(tokens[i], m_mark, i == 0 && m_prepended ? "" : " ");
    }

private:
    std::string m_mark;
    bool m_prepended;
};

class BpeSuffix final : public DecoderStage {
public:
    explicit BpeSuffix(std::string suffix) : m_suffix(std::move(suffix)) {}
    void apply(TokenTexts& tokens) const override
    {
        for (std::size_t i = 0; i < tokens.size(); ++i)
            replaceAll(tokens[i], m_suffix, i + 1 == tokens.size() ? "" : " ");
    }

private:
    std::string m_suffix;
};

// Blanks before punctuation, and English short forms.
void cleanUp(std::string& text)
{
    constexpr const char* kPairs[][2] = {
        {" .", "."},   {" ?", "?"},           {" !", "!"},   {" ,", ","},     {" ' ", "'"},   {" n't", "n't"},
        {" 'm", "'m"}, {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
    for (const auto& pair : kPairs)
        replaceAll(text, pair[0], pair[1]);
}

class WordPiece final : public DecoderStage {
public:
    WordPiece(std::string prefix, bool cleanUp) : m_prefix(std::move(prefix)), m_cleanUp(cleanUp) {}
    void apply(TokenTexts& tokens) const override
    {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (i > 0 && tokens[i].starts_with(m_prefix))
                tokens[i].erase(0, m_prefix.size());
            else if (i > 0)
                tokens[i].insert(tokens[i].begin(), ' ');
            if (m_cleanUp)
                cleanUp(tokens[i]);
        }
    }

private:
    std::string m_prefix;
    bool m_cleanUp;
};

// Of tokens that repeat, one; without padding, and with blanks for the marks between words.
class Ctc final : public DecoderStage {
public:
    Ctc(std::string padding, std::string delimiter, bool cleansUp)
        : m_padding(std::move(padding))
        , m_delimiter(std::move(delimiter))
        , m_cleansUp(cleansUp)
    {
    }
    void apply(TokenTexts& tokens) const override
    {
        tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
        for (std::string& token : tokens) {
            replaceAll(token, m_padding, "");
            if (!m_cleansUp)
                continue;
            cleanUp(token);
            replaceAll(token, m_delimiter, " ");
        }
        std::erase_if(tokens, [](const std::string& token) { return token.empty(); });
    }

private:
    std::string m_padding;
    std::string m_delimiter;
    bool m_cleansUp;
};

std::string notEmpty(const JsonPart& part, const char* key, const std::string& otherwise)
{
    const std::string text = part.text(key, otherwise);
    if (text.empty())
        throw Error("is empty", part.path(key));
    return text;
}

} // namespace

Decoder::Decoder(const JsonPart& part) : m_given(true)
{
    add(part);
}

Decoder::Decoder(std::unique_ptr<DecoderStage> stage) : m_given(true)
{
    m_stages.push_back(std::move(stage));
}

void Decoder::add(const JsonPart& part)
{
    const std::string type = part.type();
    if (type == "Sequence") {
        for (const JsonPart& one : part.list("decoders"))
            add(one);
    } else if (type == "ByteLevel") {
        m_stages.push_back(std::make_unique<ByteLevel>());
    } else if (type == "Replace") {
        m_stages.push_back(std::make_unique<Replace>(patternOf(part), part.text("content")));
    } else if (type == "Fuse") {
        m_stages.push_back(std::make_unique<Fuse>());
    } else if (type == "ByteFallback") {
        m_stages.push_back(std::make_unique<ByteFallback>());
    } else if (type == "Strip") {
        m_stages.push_back(std::make_unique<Strip>(notEmpty(part, "content", ""), part.integer("start"),
                                                   part.integer("stop")));
    } else if (type == "Metaspace") {
        const bool never =
            part.text("prepend_scheme", part.flag("add_prefix_space", true) ? "" : "never") == "never";
        m_stages.push_back(
            std::make_unique<Metaspace>(notEmpty(part, "replacement", "\xE2\x96\x81"), !never));
    } else if (type == "BPEDecoder") {
        m_stages.push_back(std::make_unique<BpeSuffix>(notEmpty(part, "suffix", "</w>")));
    } else if (type == "WordPiece") {
        m_stages.push_back(
            std::make_unique<WordPiece>(notEmpty(part, "prefix", "##"), part.flag("cleanup", true)));
    } else if (type == "CTC") {
        m_stages.push_back(std::make_unique<Ctc>(notEmpty(part, "pad_token", "<pad>"),
                                                 notEmpty(part, "word_delimiter_token", "|"),
                                                 part.flag("cleanup", true)));
    } else {
        refuseUnknown("the decoder", type, part.path("type"),
                      {"Sequence", "ByteLevel", "Replace", "Fuse", "ByteFallback", "Strip", "Metaspace",
                       "BPEDecoder", "WordPiece", "CTC"});
    }
}

std::string Decoder::apply(TokenTexts tokens) const
{
    Allowance allowance(tokens);
    for (const auto& stage : m_stages) {
        stage->apply(tokens);
        allowance.spend(Allowance::bytesOf(tokens));
    }
    std::string text;
    for (const std::string& token : tokens)
        text.append(m_given || text.empty() ? "" : " ").append(token);
    return text;
}

} // namespace lens
