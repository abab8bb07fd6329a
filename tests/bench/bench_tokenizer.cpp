// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// bench_tokenizer [FILE …]: how fast the golden tokenizers load, and how many megabytes of text a second one
// core encodes with byte spans, in documents of 16 KiB: cold (a fresh tokenizer, every document once) and
// warm (the same documents again). Without files: documentation of Debian packages (English), the headers of
// the C++ library (code), manual pages in other languages (multilingual).
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/bench/text_corpora.h"
#include "tests/support/golden_folders.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace lens;

namespace {

// Processor time: other programs on the machine do not count.
class Stopwatch {
public:
    double seconds() const { return static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

struct Rate {
    double megabytes = 0; // a second
    double bytesPerToken = 0;
};

Rate encodeOnce(const Tokenizer& tokenizer, const test::Corpus& corpus)
{
    std::size_t tokens = 0;
    const Stopwatch stopwatch;
    for (const std::string& document : corpus.documents)
        tokens += tokenizer.encode(document, false).ids.size();
    const auto bytes = static_cast<double>(corpus.bytes);
    return {bytes / stopwatch.seconds() / 1e6, bytes / static_cast<double>(tokens)};
}

void measure(const std::filesystem::path& folder, const std::vector<test::Corpus>& corpora)
{
    test::loadedTokenizer(folder); // reads the file into the system's cache
    const Stopwatch stopwatch;
    test::loadedTokenizer(folder);
    std::printf("%s (loaded in %.0f ms)\n", folder.filename().c_str(), stopwatch.seconds() * 1e3);
    for (const test::Corpus& corpus : corpora) {
        if (corpus.documents.empty())
            continue;
        const Tokenizer tokenizer = test::loadedTokenizer(folder);
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
    std::vector<test::Corpus> corpora;
    for (int i = 1; i < argc; ++i) {
        corpora.push_back({std::filesystem::path(argv[i]).filename().string(), {}, 0});
        test::addDocuments(corpora.back(), readFile(argv[i]));
    }
    if (corpora.empty())
        corpora = test::usualCorpora();
    for (const test::Corpus& corpus : corpora)
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
