// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention of a layer, forward and backward, in tiles against the plain form, a document at a time. GFLOP/s
// count what a causal mask leaves: 2 + 5 products of half of time × time × d for every head.
//     OMP_NUM_THREADS=2 bench_attention --benchmark_filter=256
#include <benchmark/benchmark.h>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/model/attention.h"

#include <cmath>
#include <string>

namespace {

using namespace lens;
using Attend = at::Tensor (*)(const at::Tensor&, const at::Tensor&, const at::Tensor&, const AttentionForm&);

struct Shape {
    const char* name;
    std::vector<std::int64_t> lengths;
    std::int64_t heads, keyHeads, d;
};

const Shape kShapes[] = {
    {"9/3/64, 4 of 256", {256, 256, 256, 256}, 9, 3, 64},
    {"9/3/64, 1 of 2048", {2048}, 9, 3, 64},
    {"9/3/64, short ones", {90, 35, 210, 60, 101, 17, 330, 80, 45, 56}, 9, 3, 64},
    {"14/2/64, 2 of 512", {512, 512}, 14, 2, 64},
    {"32/8/64, 1 of 1024", {1024}, 32, 8, 64},
};

void layer(benchmark::State& state, const Shape& shape, at::ScalarType type, Attend attention, bool backward)
{
    std::int64_t tokens = 0;
    double flops = 0;
    for (const std::int64_t length : shape.lengths) {
        tokens += length;
        const auto t = static_cast<double>(length);
        flops += t * (t + 1) * static_cast<double>(shape.d * shape.heads) * (backward ? 7 : 2);
    }
    AttentionForm form;
    form.lengths = shape.lengths;
    form.scale = 1 / std::sqrt(static_cast<double>(shape.d));
    const at::Tensor angles = at::randn({tokens, shape.d / 2});
    form.angles = {angles.cos(), angles.sin()};
    const at::Tensor all = at::randn({tokens, shape.heads + 2 * shape.keyHeads, shape.d}, type);
    const auto parts = all.split_with_sizes({shape.heads, shape.keyHeads, shape.keyHeads}, 1);
    std::vector<at::Tensor> inputs;
    for (const at::Tensor& part : parts)
        inputs.push_back(part.detach().requires_grad_(backward));
    const at::Tensor upstream = at::randn({tokens, shape.heads * shape.d}, type);
    for (auto _ : state) {
        const at::Tensor out = attention(inputs[0], inputs[1], inputs[2], form);
        if (backward)
            out.backward(upstream);
        for (at::Tensor& input : inputs)
            input.mutable_grad() = at::Tensor();
        benchmark::DoNotOptimize(out.data_ptr());
    }
    state.counters["GFLOP/s"] =
        benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

void addAll()
{
    for (const Shape& shape : kShapes)
        for (const auto& [typeName, type] :
             {std::pair("bfloat16", at::kBFloat16), std::pair("float32", at::kFloat)})
            for (const bool backward : {false, true})
                for (const auto& [form, attention] :
                     {std::pair<const char*, Attend>("tiles", attend),
                      std::pair<const char*, Attend>("plain", attendPlainly)}) {
                    const std::string name = std::string(shape.name) + ", " + typeName +
                                             (backward ? ", with gradient, " : ", forward, ") + form;
                    benchmark::RegisterBenchmark(name.c_str(),
                                                 [=, &shape = shape](benchmark::State& state) {
                                                     layer(state, shape, type, attention, backward);
                                                 })
                        ->Unit(benchmark::kMillisecond)
                        ->UseRealTime();
                }
}

} // namespace

int main(int argc, char** argv)
{
    addAll();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
