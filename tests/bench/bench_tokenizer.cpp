// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// bench_tokenizer [FILE …]: how fast the golden tokenizers load, and how many megabytes of text a second one
// core encodes with byte spans, in documents of 16 KiB: cold (a fresh tokenizer, every document once) and
// warm (the same documents again). Without files: documentation of Debian packages (English), the headers of
// the C++ library (code), manual pages in other languages (multilingual).
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/golden_folders.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <set>
#include <vector>

using namespace lens;

namespace {

constexpr std::size_t kDocumentBytes = 16 << 10;
constexpr std::size_t kCorpusBytes = 8 << 20;

// Processor time: other programs on the machine do not count.
class Stopwatch {
public:
    double seconds() const { return static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

struct Corpus {
    std::string name;
    std::vector<std::string> documents;
    std::size_t bytes = 0;
};

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

Tokenizer loaded(const std::filesystem::path& folder)
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

struct Rate {
    double megabytes = 0; // a second
    double bytesPerToken = 0;
};

Rate encodeOnce(const Tokenizer& tokenizer, const Corpus& corpus)
{
    std::size_t tokens = 0;
    const Stopwatch stopwatch;
    for (const std::string& document : corpus.documents)
        tokens += tokenizer.encode(document, false).ids.size();
    const auto bytes = static_cast<double>(corpus.bytes);
    return {bytes / stopwatch.seconds() / 1e6, bytes / static_cast<double>(tokens)};
}

void measure(const std::filesystem::path& folder, const std::vector<Corpus>& corpora)
{
    loaded(folder); // reads the file into the system's cache
    const Stopwatch stopwatch;
    loaded(folder);
    std::printf("%s (loaded in %.0f ms)\n", folder.filename().c_str(), stopwatch.seconds() * 1e3);
    for (const Corpus& corpus : corpora) {
        if (corpus.documents.empty())
            continue;
        const Tokenizer tokenizer = loaded(folder);
        const Rate cold = encodeOnce(tokenizer, corpus);
        const Rate warm = encodeOnce(tokenizer, corpus);
        std::printf("  %-12s cold %6.1f MB/s  warm %6.1f MB/s  %5.2f bytes a token\n", corpus.name.c_str(),
                    cold.megabytes, warm.megabytes, cold.bytesPerToken);
    }
}

int run(int argc, char** argv)
{
    const auto golden = test::goldenTokenizers();
    if (!golden.missing.empty()) {
        std::printf("%s\n", golden.missing.c_str());
        return 0;
    }
    std::vector<Corpus> corpora;
    for (int i = 1; i < argc; ++i) {
        corpora.push_back({std::filesystem::path(argv[i]).filename().string(), {}, 0});
        addDocuments(corpora.back(), readFile(argv[i]));
    }
    if (corpora.empty())
        corpora = usualCorpora();
    for (const Corpus& corpus : corpora)
        std::printf("%s: %.1f MB\n", corpus.name.c_str(), static_cast<double>(corpus.bytes) / 1e6);
    double load[1] = {};
    if (getloadavg(load, 1) == 1)
        std::printf("load average %.1f; processor time of one thread\n", load[0]);
    for (const auto& folder : golden.paths) {
        if (std::filesystem::exists(folder / "cases.json"))
            measure(folder, corpora);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
