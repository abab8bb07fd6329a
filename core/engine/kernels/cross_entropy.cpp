// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/cross_entropy.h"

#include "core/base/error.h"
#include "core/engine/kernels/cross_entropy_loops.h"
#include "core/engine/kernels/dispatch.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

void computePlainly(const CrossEntropyOutputs& out, const at::Tensor& logits, const at::Tensor& targets,
                    double softcap, double scale)
{
    const at::Tensor ignored = targets.eq(kIgnoredTarget);
    const at::Tensor ids = targets.clamp_min(0).unsqueeze(1);
    at::Tensor z = logits;
    if (softcap > 0)
        z.div_(softcap).tanh_().mul_(softcap);
    const at::Tensor logarithms = z.log_softmax(1); // ln p
    at::Tensor(out.losses).copy_(logarithms.gather(1, ids).squeeze(1).neg_().masked_fill_(ignored, 0));
    if (out.correct.defined())
        at::Tensor(out.correct).copy_(z.argmax(1).eq(targets));
    if (!out.entropies.defined() && !out.gradient.defined())
        return;
    at::Tensor p = logarithms.exp();
    if (out.entropies.defined()) // 0 · −∞ is 0
        at::Tensor(out.entropies)
            .copy_((p * logarithms.clamp_min(-1000)).sum(1).neg_().masked_fill_(ignored, 0));
    if (!out.gradient.defined())
        return;
    p.scatter_add_(1, ids, at::full_like(ids, -1, p.options()));
    if (softcap > 0)
        p.mul_(z.div(softcap).square_().neg_().add_(1));
    at::Tensor(out.gradient).copy_(p.mul_(scale).masked_fill_(ignored.unsqueeze(1), 0));
}

void checkTargets(const at::Tensor& targets, std::int64_t vocabulary)
{
    const auto* ids = static_cast<const std::int64_t*>(targets.data_ptr());
    for (std::int64_t row = 0; row < targets.size(0); ++row)
        if (ids[row] != kIgnoredTarget && (ids[row] < 0 || ids[row] >= vocabulary))
            throw Error("the target " + std::to_string(ids[row]) + " of row " + std::to_string(row) +
                            " is no token of a vocabulary of " + std::to_string(vocabulary),
                        "kernels: crossEntropy");
}

void check(const CrossEntropyOutputs& out, const at::Tensor& logits, const at::Tensor& targets)
{
    const std::int64_t rows = logits.size(0);
    checkRows(logits, rows, logits.dim() == 2 ? logits.size(1) : 0, logits.scalar_type(), "logits");
    checkFlat(targets, rows, at::kLong, "targets");
    checkFlat(out.losses, rows, at::kDouble, "losses");
    if (out.correct.defined())
        checkFlat(out.correct, rows, at::kBool, "correct");
    if (out.entropies.defined())
        checkFlat(out.entropies, rows, at::kDouble, "entropies");
    if (out.gradient.defined())
        checkRows(out.gradient, rows, logits.size(1), out.gradient.scalar_type(), "gradient");
    checkTargets(targets, logits.size(1));
}

template <class L, class G>
void run(const CrossEntropyOutputs& out, const at::Tensor& logits, const at::Tensor& targets, double softcap,
         double scale)
{
    const CrossEntropyRows<L, G> rows{rowsOf<L>(logits),
                                      flatOf<const std::int64_t>(targets),
                                      flatOf<double>(out.losses),
                                      flatOf<bool>(out.correct),
                                      flatOf<double>(out.entropies),
                                      rowsOf<G>(out.gradient),
                                      logits.size(1),
                                      kIgnoredTarget,
                                      softcap,
                                      scale};
    const auto loop = withSet([]<InstructionSet kSet>() { return crossEntropyLoop<kSet, L, G>(); });
    overRows(logits.size(0), logits.size(1),
             [&](std::int64_t first, std::int64_t last) { loop(rows, first, last); });
}

} // namespace

void crossEntropy(const CrossEntropyOutputs& out, const at::Tensor& logits, const at::Tensor& targets,
                  double softcap, double scale)
{
    const at::NoGradGuard guard;
    if (!logits.is_cpu())
        return computePlainly(out, logits, targets, softcap, scale);
    check(out, logits, targets);
    const at::ScalarType type = logits.scalar_type();
    const at::ScalarType gradient = out.gradient.defined() ? out.gradient.scalar_type() : type;
    if (type == at::kFloat && gradient == at::kFloat)
        return run<float, float>(out, logits, targets, softcap, scale);
    if (type == at::kFloat && gradient == at::kBFloat16)
        return run<float, Bfloat16>(out, logits, targets, softcap, scale);
    if (type == at::kDouble && gradient == at::kDouble)
        return run<double, double>(out, logits, targets, softcap, scale);
    failType(type == at::kFloat ? gradient : type);
}

} // namespace lens::kernels
