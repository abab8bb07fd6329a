// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Text to token ids and back, from a Hugging Face tokenizer.json or a SentencePiece tokenizer.model.
// Immutable after loading; encode() may be called from several threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

using TokenId = std::int32_t;

inline constexpr TokenId kNoToken = -1;

struct Encoding {
    std::vector<TokenId> ids;
    // Byte range [begin, end) of the input each token came from; {0,0} for tokens the post-processor added.
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    std::vector<Span> spans;
};

class TokenPipeline;

class Tokenizer {
public:
    // Reads the tokenizer of a model folder: tokenizer.json, or tokenizer.model where there is none, with
    // tokenizer_config.json and chat templates beside it where present. Throws Error, naming what the files
    // ask for that is not known; never guesses.
    static Tokenizer load(const std::filesystem::path& modelFolder);
    static Tokenizer fromJsonText(std::string_view tokenizerJson, std::string_view configJson,
                                  const std::string& where);
    // A SentencePiece model alone: what SentencePiece itself gives. A control piece is never read out of
    // text.
    static Tokenizer fromSentencePiece(std::string_view model, const std::string& where);

    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();

    // text must be UTF-8 (invalid bytes become U+FFFD). addSpecialTokens: run the post-processor.
    Encoding encode(std::string_view text, bool addSpecialTokens) const;
    std::string decode(const std::vector<TokenId>& ids, bool skipSpecialTokens) const;

    std::size_t vocabularySize() const;                        // largest id + 1
    std::optional<TokenId> idOf(std::string_view token) const; // by its written form, added tokens included
    std::string tokenText(TokenId id) const;                   // written form, for token views
    bool isSpecial(TokenId id) const;
    std::optional<TokenId> bosId() const;
    std::optional<TokenId> eosId() const;
    std::optional<TokenId> padId() const;

    // The texts of special tokens by attribute name ("bos_token", "eos_token", "unk_token", "sep_token",
    // "pad_token", "cls_token", "mask_token" and names of the model's own): what chat templates see. A token
    // that the folder does not have is not there.
    const std::map<std::string, std::string>& specialTokens() const;
    const std::vector<std::string>& additionalSpecialTokens() const;

    // The chat template of the folder for plain conversations, if it brings one.
    const std::optional<std::string>& chatTemplate() const;
    // All chat templates by name; that of chatTemplate() is "default", one for conversations with tools
    // "tool_use".
    const std::map<std::string, std::string>& chatTemplates() const;

private:
    explicit Tokenizer(std::unique_ptr<TokenPipeline> pipeline);
    std::unique_ptr<TokenPipeline> m_pipeline;
};

} // namespace lens
