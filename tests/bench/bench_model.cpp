// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Milliseconds of one forward and backward pass: the demo's model, and one of 55 million weights. CPU time
// beside wall time, as other work on the machine only shows in the second. usage: bench_model [threads]

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/memory_reuse.h"
#include "core/engine/model/model.h"
#include "tests/support/test_paths.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace lens;

namespace {

double secondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Batch randomBatch(std::int64_t rows, std::int64_t time, std::int64_t vocabulary)
{
    Batch batch;
    batch.ids = at::randint(0, vocabulary, {rows, time}, at::kLong);
    batch.labels = batch.ids.clone();
    batch.labels.narrow(1, 0, time * 6 / 10).fill_(-100); // 40 % answers
    batch.tokens = rows * time;
    return batch;
}

void measure(const char* name, Model model, const Batch& batch, int rounds)
{
    const auto step = [&] {
        model.parameters().zeroGradient();
        const double begin = secondsOf(CLOCK_PROCESS_CPUTIME_ID);
        const at::Tensor loss = model.lossSum(batch);
        const double forward = secondsOf(CLOCK_PROCESS_CPUTIME_ID) - begin;
        (loss * 0.01).backward();
        return forward;
    };
    step();
    double forward = 0;
    const double cpu = secondsOf(CLOCK_PROCESS_CPUTIME_ID);
    const double wall = secondsOf(CLOCK_MONOTONIC);
    for (int i = 0; i < rounds; ++i)
        forward += step();
    const double wallMs = (secondsOf(CLOCK_MONOTONIC) - wall) / rounds * 1e3;
    const double cpuMs = (secondsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu) / rounds * 1e3;
    std::printf("%-22s %6lld tokens: CPU %8.1f ms (forward %8.1f), wall %8.1f ms, %8.0f tokens/s\n", name,
                static_cast<long long>(batch.tokens), cpuMs, forward / rounds * 1e3, wallMs,
                static_cast<double>(batch.tokens) / wallMs * 1e3);
}

AdapterSettings allLinear(int rank)
{
    AdapterSettings settings;
    settings.r = rank;
    return settings;
}

} // namespace

int main(int argc, char** argv)
{
    reuseFreedMemory();
    at::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 2);
    const auto demo = test::sourceFolder() / "resources/demo/model/config.json";
    Model lora = Model::initialise(demo, 1, at::kCPU);
    lora.attachLora(allLinear(8), 1);
    measure("demo, LoRA r 8", std::move(lora), randomBatch(8, 64, 1200), 40);
    Model full = Model::initialise(demo, 1, at::kCPU);
    full.trainAllWeights();
    measure("demo, all weights", std::move(full), randomBatch(8, 64, 1200), 40);

    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "config.json",
                        "{\"model_type\":\"llama\",\"vocab_size\":32000,\"hidden_size\":1024,"
                        "\"intermediate_size\":2816,\"num_hidden_layers\":4,\"num_attention_heads\":16,"
                        "\"num_key_value_heads\":4,\"hidden_act\":\"silu\",\"tie_word_embeddings\":true}");
    Model wide = Model::initialise(folder.path() / "config.json", 1, at::kCPU);
    wide.attachLora(allLinear(16), 1);
    measure("wide, LoRA r 16", std::move(wide), randomBatch(2, 512, 32000), 4);
    return 0;
}
