// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Text to token ids and back, from a Hugging Face tokenizer.json. Immutable after loading; encode() may be
// called from several threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

using TokenId = std::int32_t;

struct Encoding {
    std::vector<TokenId> ids;
    // Byte range [begin, end) of the input each token came from; {0,0} for tokens the post-processor added.
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    std::vector<Span> spans;
};

class Tokenizer {
public:
    // Reads tokenizer.json (and tokenizer_config.json where present) of a model folder. Throws Error, naming
    // what the file asks for that is not known; never guesses.
    static Tokenizer load(const std::filesystem::path& modelFolder);
    static Tokenizer fromJsonText(std::string_view tokenizerJson, std::string_view configJson,
                                  const std::string& where);

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
    // The chat template of the folder, if it brings one.
    const std::optional<std::string>& chatTemplate() const;

private:
    class Model;
    explicit Tokenizer(std::unique_ptr<Model> model);
    std::unique_ptr<Model> m_model;
};

} // namespace lens
