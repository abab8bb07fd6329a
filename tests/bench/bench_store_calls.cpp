// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Single calls of the HDF5 store: what a training step waits for (append), and what is done behind it. What
// another process sees of it and when: bench_store.
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"
#include "tests/bench/sample_numbers.h"
#include "tests/support/test_paths.h"

#include <benchmark/benchmark.h>

using namespace lens;

namespace {

constexpr std::uint64_t kSteps = 20000;

// The writer's thread works meanwhile, as in a run.
void appendRow(benchmark::State& state)
{
    const test::TemporaryFolder folder;
    RunWriter writer(folder.path() / "metrics", test::segmentInfo(1, 1));
    const MetricsRow like = test::rowAt(1);
    std::uint64_t step = 0;
    for (auto _ : state) {
        MetricsRow row = like;
        row.step = ++step;
        writer.append(row);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(appendRow)->Iterations(kSteps)->UseRealTime()->Unit(benchmark::kMicrosecond);

void appendModules(benchmark::State& state)
{
    const test::TemporaryFolder folder;
    RunWriter writer(folder.path() / "metrics", test::segmentInfo(1, 1));
    ModulesRow row = test::modulesAt(1);
    for (auto _ : state) {
        ModulesRow copy = row;
        ++row.step;
        writer.append(std::move(copy));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(appendModules)->Iterations(2000)->UseRealTime()->Unit(benchmark::kMicrosecond);

// One row, on the disk.
void appendAndSync(benchmark::State& state)
{
    const test::TemporaryFolder folder;
    RunWriter writer(folder.path() / "metrics", test::segmentInfo(1, 1));
    std::uint64_t step = 0;
    for (auto _ : state) {
        writer.append(test::rowAt(++step));
        benchmark::DoNotOptimize(writer.sync());
    }
}
BENCHMARK(appendAndSync)->UseRealTime()->Unit(benchmark::kMicrosecond);

// A segment of kSteps rows with modules every tenth step.
void writeSegment(const std::filesystem::path& folder)
{
    RunWriter writer(folder / "metrics", test::segmentInfo(1, 1));
    for (std::uint64_t step = 1; step <= kSteps; ++step) {
        writer.append(test::rowAt(step));
        if (step % 10 == 0)
            writer.append(test::modulesAt(step));
    }
    writer.close();
}

void write(benchmark::State& state)
{
    for (auto _ : state) {
        const test::TemporaryFolder folder;
        writeSegment(folder.path());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSteps));
}
BENCHMARK(write)->UseRealTime()->Unit(benchmark::kMillisecond);

void read(benchmark::State& state)
{
    const test::TemporaryFolder folder;
    writeSegment(folder.path());
    for (auto _ : state) {
        RunReader reader(folder.path());
        for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew())
            benchmark::DoNotOptimize(batch);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSteps));
}
BENCHMARK(read)->UseRealTime()->Unit(benchmark::kMillisecond);

void consolidate(benchmark::State& state)
{
    for (auto _ : state) {
        state.PauseTiming();
        const test::TemporaryFolder folder;
        writeSegment(folder.path());
        state.ResumeTiming();
        consolidateRun(folder.path());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSteps));
}
BENCHMARK(consolidate)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
