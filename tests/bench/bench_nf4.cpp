// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// NF4 of a weight of SmolLM-135M (1536 × 576) and of Llama-1B (8192 × 2048): into a scratch that is used
// again, for each set of instructions and by ATen alone; and quantising. Bytes a second count what is written
// of the scratch, or read of a weight to quantise; "weights" are numbers a second. OMP_NUM_THREADS=1 with
// processor time is the quietest.
#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/nf4.h"

#include <ATen/ATen.h>

#include <benchmark/benchmark.h>

#include <functional>
#include <string>

using namespace lens;

namespace {

void add(const std::string& name, const at::Tensor& counted, const std::function<void()>& work)
{
    benchmark::RegisterBenchmark(name.c_str(),
                                 [counted, work](benchmark::State& state) {
                                     const at::NoGradGuard guard;
                                     for (auto _ : state)
                                         work();
                                     const std::int64_t rounds = state.iterations();
                                     state.SetBytesProcessed(static_cast<std::int64_t>(counted.nbytes()) *
                                                             rounds);
                                     state.SetItemsProcessed(counted.numel() * rounds);
                                 })
        ->UseRealTime()
        ->MinTime(0.2)
        ->Unit(benchmark::kMicrosecond);
}

void addShape(std::int64_t rows, std::int64_t columns)
{
    const std::string shape = std::to_string(rows) + "x" + std::to_string(columns);
    const at::Tensor weight = at::randn({rows, columns});
    const Nf4Tensors tensors = quantiseNf4(weight, true, shape);
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        const at::Tensor scratch = at::empty({rows, columns}, type);
        const std::string kind = std::string(at::toString(type)) + "/" + shape;
        for (const kernels::InstructionSet set : kernels::availableSets())
            add("dequantise/" + kernels::nameOf(set) + "/" + kind, scratch, [=] {
                kernels::useSet(set);
                dequantiseNf4(tensors, scratch);
            });
        add("dequantise/aten/" + kind, scratch, [=] { dequantiseNf4ByTensors(tensors, scratch); });
    }
    for (const bool nested : {false, true})
        add(std::string("quantise/") + (nested ? "nested/" : "plain/") + shape, weight,
            [=] { quantiseNf4(weight, nested, shape); });
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    addShape(1536, 576);
    addShape(8192, 2048);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
