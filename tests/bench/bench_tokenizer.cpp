// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// bench_tokenizer [FILE …]: how fast the golden tokenizers load, and how many megabytes of text a second one
// core encodes with byte spans, in documents of 16 KiB. Without files: the licences of Debian (English) and
// the headers of the C++ library (code).
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_paths.h"

#include <zlib.h>

#include <array>

#include <cstdio>
#include <ctime>
#include <memory>
#include <vector>

using namespace lens;

namespace {

constexpr std::size_t kDocumentBytes = 16 << 10;
constexpr double kSeconds = 1.0; // measured for each text

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

Corpus corpusOfFolder(const std::string& name, const std::filesystem::path& folder)
{
    Corpus corpus{name, {}, 0};
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
        if (entry.is_regular_file() && corpus.bytes < (4u << 20))
            addDocuments(corpus, readFile(entry.path()));
    }
    return corpus;
}

std::string unzipped(const std::filesystem::path& path)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    std::string text;
    std::array<char, 1 << 16> buffer;
    for (int read = 0; (read = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(read));
    return text;
}

Tokenizer loaded(const std::filesystem::path& folder)
{
    if (std::filesystem::exists(folder / "tokenizer.json"))
        return Tokenizer::load(folder);
    return Tokenizer::fromJsonText(unzipped(folder / "tokenizer.json.gz"), "", folder.string());
}

void measure(const Tokenizer& tokenizer, const Corpus& corpus)
{
    if (corpus.documents.empty())
        return;
    for (const std::string& document : corpus.documents) // warm
        tokenizer.encode(document, false);
    std::size_t bytes = 0;
    std::size_t tokens = 0;
    const Stopwatch stopwatch;
    while (stopwatch.seconds() < kSeconds) {
        for (const std::string& document : corpus.documents)
            tokens += tokenizer.encode(document, false).ids.size();
        bytes += corpus.bytes;
    }
    const double seconds = stopwatch.seconds();
    std::printf("  %-12s %7.1f MB/s  %6.2f bytes a token\n", corpus.name.c_str(),
                static_cast<double>(bytes) / seconds / 1e6,
                static_cast<double>(bytes) / static_cast<double>(tokens));
}

int run(int argc, char** argv)
{
    if (!test::goldenFolder()) {
        std::printf("the golden tokenizers are not here\n");
        return 0;
    }
    std::vector<Corpus> corpora;
    for (int i = 1; i < argc; ++i) {
        corpora.push_back({std::filesystem::path(argv[i]).filename().string(), {}, 0});
        addDocuments(corpora.back(), readFile(argv[i]));
    }
    if (corpora.empty()) {
        corpora.push_back(corpusOfFolder("English", "/usr/share/common-licenses"));
        corpora.push_back(corpusOfFolder("code", "/usr/include/c++/12/bits"));
    }
    for (const char* name :
         {"gpt-2", "llama-bpe", "starcoder", "llama-spm", "gemma-style", "metaspace-style"}) {
        const Stopwatch stopwatch;
        const Tokenizer tokenizer = loaded(*test::goldenFolder() / "tokenizers" / name);
        std::printf("%s (loaded in %.0f ms)\n", name, stopwatch.seconds() * 1e3);
        for (const Corpus& corpus : corpora)
            measure(tokenizer, corpus);
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
