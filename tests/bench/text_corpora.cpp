// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/bench/text_corpora.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace lens::test {
namespace {

constexpr std::size_t kDocumentBytes = 16 << 10;
constexpr std::size_t kCorpusBytes = 8 << 20;

std::string unzipped(const std::filesystem::path& path) // as it is, if it is not packed
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    std::string text;
    std::array<char, 1 << 16> buffer;
    for (int read = 0; (read = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(read));
    return text;
}

// All different files below the folders, as far as they are there.
Corpus corpusOf(const std::string& name, const std::vector<std::filesystem::path>& folders)
{
    Corpus corpus{name, {}, 0};
    std::set<std::string> seen;
    std::vector<std::filesystem::path> files;
    for (const auto& folder : folders) {
        std::error_code code;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, code)) {
            if (entry.is_regular_file() && !entry.is_symlink())
                files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        if (corpus.bytes >= kCorpusBytes)
            break;
        std::string text = unzipped(file);
        if (text.size() > 1000 && seen.insert(text.substr(0, 1000)).second)
            addDocuments(corpus, text);
    }
    return corpus;
}

} // namespace

// Cut at line ends, so that no character is torn.
void addDocuments(Corpus& corpus, const std::string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(at + kDocumentBytes, text.size());
        end = end < text.size() ? std::min(text.find('\n', end), text.size() - 1) + 1 : end;
        corpus.documents.push_back(text.substr(at, end - at));
        corpus.bytes += end - at;
        at = end;
    }
}

std::vector<Corpus> usualCorpora()
{
    std::vector<std::filesystem::path> manuals;
    for (const char* language :
         {"cs", "de", "es", "fr", "hu", "ja", "ko", "pl", "ru", "tr", "uk", "zh_CN", "zh_TW"})
        manuals.push_back(std::filesystem::path("/usr/share/man") / language);
    return {corpusOf("English",
                     {"/usr/share/common-licenses", "/usr/share/vim/vim90/doc", "/usr/share/man/man1"}),
            corpusOf("code", {"/usr/include/c++/12"}), corpusOf("multilingual", manuals)};
}

Tokenizer loadedTokenizer(const std::filesystem::path& folder)
{
    if (!std::filesystem::exists(folder / "tokenizer.json.gz"))
        return Tokenizer::load(folder);
    static std::string text; // packed files are not what folders hold: unpacking is not loading
    static std::filesystem::path textOf;
    if (textOf != folder)
        text = unzipped(folder / "tokenizer.json.gz");
    textOf = folder;
    return Tokenizer::fromJsonText(text, "", folder.string());
}

} // namespace lens::test
