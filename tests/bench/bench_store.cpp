// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the store costs: handing a row over, writing, following from another process, reading and
// consolidating a million steps. Prints figures; decides nothing. Usage: bench_store [steps] (default
// 1000000).
#include "core/base/clock.h"
#include "core/metrics/statistics.h"
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"
#include "tests/bench/sample_numbers.h"
#include "tests/support/test_paths.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lens;

namespace {

void printMicroseconds(const char* what, const std::vector<double>& seconds)
{
    std::printf("%-58s p50 %8.2f  p99 %8.2f  max %9.2f us\n", what, 1e6 * quantile(seconds, 0.5),
                1e6 * quantile(seconds, 0.99), 1e6 * quantile(seconds, 1));
}

void sleepUntil(double moment)
{
    const double left = moment - monotonicSeconds();
    if (left > 0)
        std::this_thread::sleep_for(std::chrono::duration<double>(left));
}

// Writes for that long from a process of its own; a row carries the moment it was handed over.
pid_t startWriter(const std::filesystem::path& folder, double rowsPerSecond, double duration)
{
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    {
        RunWriter writer(folder / "metrics", test::segmentInfo(1, 1));
        const double start = monotonicSeconds();
        for (std::uint64_t step = 1; monotonicSeconds() < start + duration; ++step) {
            sleepUntil(start + static_cast<double>(step) / rowsPerSecond);
            writer.append(test::rowAt(step));
            if (step % 10 == 0)
                writer.append(test::modulesAt(step));
        }
    }
    ::_exit(0);
}

// The processes start before this one uses HDF5: the library does not survive a fork.
struct Followed {
    double rowsPerSecond;
    double seconds;
    test::TemporaryFolder folder;
    pid_t process = -1;
};

void follow(const Followed& run)
{
    RunReader reader(run.folder.path());
    std::vector<double> latency;
    std::vector<double> polls;
    const double end = monotonicSeconds() + run.seconds;
    while (monotonicSeconds() < end) {
        const double begin = monotonicSeconds();
        const MetricsBatch batch = reader.readNew();
        const double now = monotonicSeconds();
        polls.push_back(now - begin);
        for (const auto& part : batch.parts) {
            for (const MetricsRow& row : part.rows)
                latency.push_back(now - row.seconds);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::printf("\n%.0f rows/s from another process, poll every 50 ms (%zu rows)\n", run.rowsPerSecond,
                latency.size());
    printMicroseconds("  from append() to readNew()", latency);
    printMicroseconds("  one readNew()", polls);
}

void benchHandOver()
{
    const test::TemporaryFolder folder;
    RunWriter writer(folder.path() / "metrics", test::segmentInfo(1, 1));
    std::vector<double> rows;
    std::vector<double> modules;
    const double start = monotonicSeconds();
    for (std::uint64_t step = 1; step <= 10000; ++step) {
        sleepUntil(start + 1e-3 * static_cast<double>(step));
        const MetricsRow row = test::rowAt(step);
        const double before = monotonicSeconds();
        writer.append(row);
        rows.push_back(monotonicSeconds() - before);
        if (step % 10 == 0) {
            ModulesRow fields = test::modulesAt(step);
            const double beforeModules = monotonicSeconds();
            writer.append(std::move(fields));
            modules.push_back(monotonicSeconds() - beforeModules);
        }
    }
    std::printf("\nhanding over at 1000 rows/s, %zu modules every 10 steps\n", test::kModules);
    printMicroseconds("  append(MetricsRow)", rows);
    printMicroseconds("  append(ModulesRow)", modules);
    std::vector<double> syncs;
    for (std::uint64_t step = 10001; step <= 10100; ++step) {
        writer.append(test::rowAt(step));
        const double before = monotonicSeconds();
        writer.sync();
        syncs.push_back(monotonicSeconds() - before);
    }
    printMicroseconds("  sync()", syncs);
}

std::uintmax_t bytesIn(const std::filesystem::path& folder)
{
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    return bytes;
}

void timeReading(const char* what, const std::filesystem::path& folder)
{
    const double begin = monotonicSeconds();
    RunReader reader(folder);
    std::size_t rows = 0;
    std::size_t modules = 0;
    for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew()) {
        for (const auto& part : batch.parts) {
            rows += part.rows.size();
            modules += part.modules.size();
        }
    }
    std::printf("%-58s %.3f s (%zu rows, %zu of modules) %s\n", what, monotonicSeconds() - begin, rows,
                modules, reader.trouble().c_str());
}

void benchMillion(std::uint64_t steps)
{
    const test::TemporaryFolder folder;
    std::printf("\n%llu steps, modules every 1000\n", static_cast<unsigned long long>(steps));
    const double begin = monotonicSeconds();
    {
        RunWriter writer(folder.path() / "metrics", test::segmentInfo(1, 1));
        for (std::uint64_t step = 1; step <= steps; ++step) {
            writer.append(test::rowAt(step));
            if (step % 1000 == 0)
                writer.append(test::modulesAt(step));
        }
        writer.close();
    }
    const double seconds = monotonicSeconds() - begin;
    std::printf("%-58s %.3f s, %.0f rows/s, %.1f MB\n", "  write as fast as it goes, close", seconds,
                static_cast<double>(steps) / seconds, 1e-6 * static_cast<double>(bytesIn(folder.path())));
    timeReading("  read the segment", folder.path());
    const double beforeConsolidation = monotonicSeconds();
    consolidateRun(folder.path());
    std::printf("%-58s %.3f s, %.1f MB\n", "  consolidate and verify",
                monotonicSeconds() - beforeConsolidation, 1e-6 * static_cast<double>(bytesIn(folder.path())));
    timeReading("  read metrics.h5", folder.path());
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t steps = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000000;
    for (const double rowsPerSecond : {20.0, 1000.0}) {
        Followed run{rowsPerSecond, 10, {}, -1};
        // Follow in a process of its own too, so that this one stays without HDF5 until the last fork.
        run.process = startWriter(run.folder.path(), rowsPerSecond, run.seconds);
        std::fflush(stdout);
        const pid_t follower = ::fork();
        if (follower == 0) {
            follow(run);
            std::fflush(stdout);
            ::_exit(0);
        }
        ::waitpid(follower, nullptr, 0);
        ::waitpid(run.process, nullptr, 0);
    }
    benchHandOver();
    benchMillion(steps);
    return 0;
}
