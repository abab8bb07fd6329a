// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/sums.h"

#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/sum_loops.h"

#include <ATen/Functions.h>

#include <vector>

namespace lens::kernels {
namespace {

SumLoops loops()
{
    return withSet([]<InstructionSet kSet>() { return sumLoops<kSet>(); });
}

template <class T>
double squaresOfRows(double (*squares)(const T*, std::int64_t), const at::Tensor& x)
{
    const Rows<const T> rows = rowsOf<const T>(x);
    std::vector<double> sums(static_cast<std::size_t>(x.size(0)));
    overRows(x.size(0), x.size(1), [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t i = first; i < last; ++i)
            sums[static_cast<std::size_t>(i)] = squares(rows.data + i * rows.stride, x.size(1));
    });
    double total = 0;
    for (const double sum : sums)
        total += sum;
    return total;
}

double squaresByAten(const at::Tensor& x)
{
    constexpr std::int64_t kElementsAtOnce = std::int64_t{1} << 22; // float64 copies of a block: 32 MiB
    const std::int64_t rows =
        std::max<std::int64_t>(1, kElementsAtOnce / std::max<std::int64_t>(1, x.size(1)));
    double sum = 0;
    for (const at::Tensor& block : x.split(rows, 0))
        sum += block.to(at::kDouble).square().sum().item<double>();
    return sum;
}

} // namespace

PairOfSums sumPairs(const float* x, const float* y, std::int64_t count)
{
    double sums[2];
    loops().pair(x, y, count, sums);
    return {sums[0], sums[1]};
}

double sumSquares(const float* x, std::int64_t count)
{
    return loops().squares(x, count);
}

double sumSquares(const at::Tensor& x)
{
    TORCH_CHECK(x.dim() == 2, "a matrix is needed");
    const at::Tensor rows = x.stride(1) == 1 ? x : x.t(); // the order does not matter
    if (!x.device().is_cpu() || rows.stride(1) != 1)
        return squaresByAten(x);
    if (x.scalar_type() == at::kFloat)
        return squaresOfRows<float>(loops().squares, rows);
    if (x.scalar_type() == at::kBFloat16)
        return squaresOfRows<Bfloat16>(loops().squaresOfBfloat16, rows);
    return squaresByAten(x);
}

} // namespace lens::kernels
