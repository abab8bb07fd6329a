// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Each element-wise kernel of core/engine/kernels beside its plain ATen form, 1024 tokens of SmolLM-135M's
// widths, float32 and bfloat16. Bytes a second count what has to be read and written once. OMP_NUM_THREADS=1
// with processor time is the quietest; LENS_KERNEL_SET=0, 1 or 2 takes another set of instructions.
#include "core/engine/kernels/conversion.h"
#include "core/engine/kernels/cross_entropy.h"
#include "core/engine/kernels/gated_activation.h"
#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/rms_norm.h"
#include "core/engine/kernels/rotation.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <functional>
#include <string>

using namespace lens;
using namespace lens::kernels;

namespace {

constexpr std::int64_t kTokens = 1024;
constexpr std::int64_t kHidden = 576;
constexpr std::int64_t kIntermediate = 1536;
constexpr std::int64_t kVocabulary = 49152;
constexpr std::int64_t kPiece = 128; // rows of logits at once

at::Tensor random(std::int64_t rows, std::int64_t width, at::ScalarType type)
{
    return at::randn({rows, width}).to(type);
}

void add(const std::string& name, double bytes, const std::function<void()>& work)
{
    benchmark::RegisterBenchmark(name.c_str(),
                                 [bytes, work](benchmark::State& state) {
                                     const at::NoGradGuard guard;
                                     for (auto _ : state)
                                         work();
                                     state.SetBytesProcessed(static_cast<std::int64_t>(bytes) *
                                                             state.iterations());
                                 })
        ->UseRealTime()
        ->MinTime(0.1)
        ->Unit(benchmark::kMicrosecond);
}

double sizeOf(at::ScalarType type)
{
    return type == at::kFloat ? 4 : 2;
}

std::string nameOf(at::ScalarType type)
{
    return type == at::kFloat ? "float32" : "bfloat16";
}

void addNorm(at::ScalarType type)
{
    const at::Tensor x = random(kTokens, kHidden, type);
    const at::Tensor y = random(kTokens, kHidden, type);
    const at::Tensor dy = random(kTokens, kHidden, type);
    const RmsWeight weight{at::ones({kHidden}, type), 1e-5};
    const NormOutputs out{at::empty_like(x), at::empty_like(x), at::empty({kTokens})};
    const at::Tensor dx = at::empty_like(x);
    rmsNorm(out, x, y, weight);
    const double bytes = sizeOf(type) * kTokens * kHidden;
    add("norm/forward/kernel/" + nameOf(type), 4 * bytes, [=] { rmsNorm(out, x, y, weight); });
    add("norm/forward/aten/" + nameOf(type), 4 * bytes, [=] {
        const at::Tensor sum = x + y;
        const at::Tensor wide = sum.to(at::kFloat);
        const at::Tensor inverse = wide.square().mean(-1, true).add_(1e-5).rsqrt_();
        benchmark::DoNotOptimize((wide * inverse).to(type).mul_(weight.weight));
    });
    add("norm/backward/kernel/" + nameOf(type), 4 * bytes, [=] {
        rmsNormBackward(dx, {dy, out.sum, out.inverse, y}, weight);
    });
    add("norm/backward/aten/" + nameOf(type), 4 * bytes, [=] {
        const at::Tensor inverse = out.inverse.unsqueeze(1);
        const at::Tensor normalised = out.sum.to(at::kFloat) * inverse;
        const at::Tensor wide = dy.to(at::kFloat) * weight.weight;
        const at::Tensor mean = (wide * normalised).mean(-1, true);
        wide.sub_(normalised.mul(mean)).mul_(inverse);
        benchmark::DoNotOptimize(wide.to(type).add_(y));
    });
}

void addActivation(at::ScalarType type, Activation activation, const std::string& name)
{
    const at::Tensor gate = random(kTokens, kIntermediate, type);
    const at::Tensor up = random(kTokens, kIntermediate, type);
    const at::Tensor dy = random(kTokens, kIntermediate, type);
    const ActivationGradient gradient{at::empty_like(gate), at::empty_like(gate), at::empty_like(gate)};
    const double bytes = sizeOf(type) * kTokens * kIntermediate;
    const bool silu = activation == Activation::Silu;
    const auto value = [=](const at::Tensor& x) { return silu ? at::silu(x) : at::gelu(x); };
    add(name + "/forward/kernel/" + nameOf(type), 3 * bytes,
        [=] { activate(gradient.out, gate, up, activation); });
    add(name + "/forward/aten/" + nameOf(type), 3 * bytes,
        [=] { benchmark::DoNotOptimize(value(gate).mul_(up)); });
    add(name + "/backward/kernel/" + nameOf(type), 6 * bytes,
        [=] { activateBackward(gradient, dy, gate, up, activation); });
    add(name + "/backward/aten/" + nameOf(type), 6 * bytes, [=] {
        const at::Tensor act = value(gate);
        benchmark::DoNotOptimize(act * up);
        benchmark::DoNotOptimize(act.mul(dy));
        const at::Tensor g = dy * up;
        benchmark::DoNotOptimize(silu ? at::silu_backward(g, gate) : at::gelu_backward(g, gate));
    });
}

void addRotation(at::ScalarType type)
{
    const at::Tensor x = random(kTokens, kHidden, type).view({kTokens, 9, 64});
    const at::Tensor angles = at::randn({kTokens, 32});
    const at::Tensor cosine = angles.cos();
    const at::Tensor sine = angles.sin();
    const at::Tensor narrowCosine = cosine.to(type).unsqueeze(1);
    const at::Tensor narrowSine = sine.to(type).unsqueeze(1);
    const double bytes = 2 * sizeOf(type) * kTokens * kHidden;
    add("rotation/kernel/" + nameOf(type), bytes, [=] { rotateInPlace(x, cosine, sine, 1); });
    add("rotation/aten/" + nameOf(type), bytes, [=] {
        at::Tensor out = at::empty_like(x);
        const at::Tensor low = x.narrow(2, 0, 32);
        const at::Tensor high = x.narrow(2, 32, 32);
        at::Tensor part = out.narrow(2, 0, 32);
        at::mul_out(part, low, narrowCosine).addcmul_(high, narrowSine, -1);
        part = out.narrow(2, 32, 32);
        at::mul_out(part, high, narrowCosine).addcmul_(low, narrowSine, 1);
    });
}

// 128 rows of SmolLM's vocabulary: loss, hit, entropy and gradient.
void addHead(at::ScalarType type)
{
    const at::Tensor logits = at::randn({kPiece, kVocabulary});
    const at::Tensor targets = at::randint(kVocabulary, {kPiece}, at::kLong);
    const CrossEntropyOutputs out{at::empty({kPiece}, at::kDouble), at::empty({kPiece}, at::kBool),
                                  at::empty({kPiece}, at::kDouble), at::empty({kPiece, kVocabulary}, type)};
    const double bytes = (4 + sizeOf(type)) * kPiece * kVocabulary;
    add("head/kernel/" + nameOf(type), bytes, [=] { crossEntropy(out, logits, targets); });
    add("head/aten/" + nameOf(type), bytes, [=] {
        const at::Tensor ids = targets.unsqueeze(1);
        const at::Tensor normaliser = logits.logsumexp(1, true);
        benchmark::DoNotOptimize((normaliser - logits.gather(1, ids)).sum(at::kDouble));
        benchmark::DoNotOptimize(logits.argmax(1).eq(targets));
        at::Tensor g = (logits - normaliser).exp_();
        benchmark::DoNotOptimize(normaliser.squeeze(1) - (g * logits).sum(1));
        g.scatter_add_(1, ids, at::full_like(normaliser, -1));
        benchmark::DoNotOptimize(g.to(type));
    });
}

void addConversions()
{
    const at::Tensor wide = random(kTokens, kIntermediate, at::kFloat);
    const at::Tensor narrow = at::empty({kTokens, 3 * kIntermediate}, at::kBFloat16);
    const at::Tensor high = narrow.narrow(1, 0, kIntermediate);
    const at::Tensor low = narrow.narrow(1, kIntermediate, kIntermediate);
    const double elements = kTokens * kIntermediate;
    add("split/kernel", 8 * elements, [=] { splitHalves(high, low, wide, 0.5); });
    add("split/aten", 8 * elements, [=] {
        const at::Tensor value = wide.mul(0.5);
        at::Tensor(high).copy_(value);
        at::Tensor(low).copy_(value - high);
    });
    add("narrow/kernel", 6 * elements, [=] { convert(high, wide, 0.5); });
    add("narrow/aten", 6 * elements, [=] { at::Tensor(high).copy_(wide.mul(0.5)); });
    add("add/kernel", 10 * elements, [=] { addScaled(wide, high, 1e-3); });
    add("add/aten", 10 * elements, [=] { at::Tensor(wide).add_(high, 1e-3); });
}

} // namespace

int main(int argc, char** argv)
{
    if (const char* threads = std::getenv("OMP_NUM_THREADS"))
        at::set_num_threads(std::atoi(threads));
    if (const char* set = std::getenv("LENS_KERNEL_SET"))
        useSet(static_cast<InstructionSet>(std::atoi(set)));
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        addNorm(type);
        addActivation(type, Activation::Silu, "silu");
        addActivation(type, Activation::Gelu, "gelu");
        addRotation(type);
        addHead(type);
    }
    addConversions();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
