// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Encoding with byte spans and loading, each golden tokenizer and the demo's, in documents of 16 KiB:
// processor time of one thread. All of a corpus, cold and warm, as a table: bench_tokenizer.
#include "core/base/error.h"
#include "tests/bench/text_corpora.h"
#include "tests/support/golden_folders.h"
#include "tests/support/test_paths.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <optional>

using namespace lens;

namespace {

constexpr std::size_t kDocuments = 32; // of a corpus: half a megabyte

// Loaded when it is first needed, and only the one that is measured.
const Tokenizer& tokenizerOf(const std::filesystem::path& folder)
{
    static std::filesystem::path loadedFrom;
    static std::optional<Tokenizer> tokenizer;
    if (loadedFrom != folder)
        tokenizer.emplace(test::loadedTokenizer(folder));
    loadedFrom = folder;
    return *tokenizer;
}

void encode(benchmark::State& state, const std::filesystem::path& folder, const test::Corpus& corpus)
{
    const Tokenizer& tokenizer = tokenizerOf(folder);
    const std::size_t count = std::min(kDocuments, corpus.documents.size());
    std::int64_t bytes = 0;
    std::int64_t tokens = 0;
    for (auto _ : state) {
        for (std::size_t i = 0; i < count; ++i) {
            tokens += static_cast<std::int64_t>(tokenizer.encode(corpus.documents[i], false).ids.size());
            bytes += static_cast<std::int64_t>(corpus.documents[i].size());
        }
    }
    state.SetBytesProcessed(bytes);
    state.SetItemsProcessed(tokens);
}

void load(benchmark::State& state, const std::filesystem::path& folder)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(test::loadedTokenizer(folder));
}

void addTokenizer(const std::string& name, const std::filesystem::path& folder,
                  const std::vector<test::Corpus>& corpora)
{
    benchmark::RegisterBenchmark((name + "/load").c_str(), [folder](benchmark::State& state) {
        load(state, folder);
    })->Unit(benchmark::kMillisecond);
    for (const test::Corpus& corpus : corpora) {
        if (corpus.documents.empty())
            continue;
        benchmark::RegisterBenchmark((name + "/" + corpus.name).c_str(), [folder,
                                                                          &corpus](benchmark::State& state) {
            encode(state, folder, corpus);
        })->Unit(benchmark::kMillisecond);
    }
}

} // namespace

int main(int argc, char** argv)
{
    try {
        benchmark::Initialize(&argc, argv);
        const std::vector<test::Corpus> corpora = test::usualCorpora();
        addTokenizer("demo", test::sourceFolder() / "resources/demo/model", corpora);
        for (const auto& folder : test::goldenTokenizers().paths) {
            if (std::filesystem::exists(folder / "cases.json"))
                addTokenizer(folder.filename().string(), folder, corpora);
        }
        benchmark::RunSpecifiedBenchmarks();
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
