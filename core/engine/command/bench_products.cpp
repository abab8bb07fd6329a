// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_products.h"

#include "core/base/clock.h"
#include "core/engine/kernels/product.h"
#include "core/engine/train/device_memory.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace lens {
namespace {

constexpr std::int64_t kWeightsInTurn = 4;

at::Tensor operand(std::int64_t rows, std::int64_t columns, bool transposed, at::TensorOptions options)
{
    return transposed ? at::full({columns, rows}, 0.5, options).t() : at::full({rows, columns}, 0.5, options);
}

TileShape tileShape(const Product& product, const at::Tensor& a, const at::Tensor& b)
{
    TileShape shape;
    shape.type = a.scalar_type();
    shape.m = product.m;
    shape.k = product.k;
    shape.n = product.n;
    shape.aRow = a.stride(0);
    shape.aColumn = a.stride(1);
    shape.bRow = b.stride(0);
    shape.bColumn = b.stride(1);
    shape.outRow = product.n;
    return shape;
}

// `count` tiles shared among the threads, each by one.
void runTiles(const Product& product, const at::Tensor& a, const at::Tensor& b, const at::Tensor& out)
{
    const TileProduct tile(tileShape(product, a, b));
    float* const results = out.data_ptr<float>();
    at::parallel_for(0, product.count, 1, [&](std::int64_t begin, std::int64_t end) {
        float* const result = results + at::get_thread_num() * product.m * product.n;
        for (std::int64_t i = begin; i < end; ++i)
            tile.run(a.data_ptr(), b.data_ptr(), result);
    });
}

} // namespace

ProductPass::ProductPass(std::vector<Product> products, at::ScalarType type, at::Device device)
    : m_products(std::move(products))
    , m_device(device)
{
    for (const Product& product : m_products)
        m_operands.push_back(operandsOf(product, type, device));
}

ProductPass::Operands ProductPass::operandsOf(const Product& product, at::ScalarType type,
                                              at::Device device) const
{
    const auto options = at::TensorOptions().dtype(product.float32 ? at::kFloat : type).device(device);
    const bool tiles = product.tile && device.is_cpu();
    Operands operands;
    operands.a = operand(product.m, product.k, product.aTransposed, options);
    for (std::int64_t i = 0; i < (tiles ? 1 : std::min(product.count, kWeightsInTurn)); ++i)
        operands.b.push_back(operand(product.k, product.n, product.bTransposed, options));
    operands.out = tiles ? at::empty({at::get_num_threads(), product.m, product.n}, options.dtype(at::kFloat))
                         : at::empty({product.m, product.n}, options);
    return operands;
}

void ProductPass::runOne(const Product& product, const Operands& operands) const
{
    if (product.tile && m_device.is_cpu())
        return runTiles(product, operands.a, operands.b.front(), operands.out);
    for (std::int64_t i = 0; i < product.count; ++i)
        multiply(operands.out, operands.a, operands.b[static_cast<std::size_t>(i) % operands.b.size()]);
}

std::vector<double> ProductPass::run() const
{
    const c10::NoGradGuard noGrad;
    std::vector<double> seconds;
    double last = monotonicSeconds();
    for (std::size_t i = 0; i < m_products.size(); ++i) {
        runOne(m_products[i], m_operands[i]);
        waitForDevice(m_device);
        const double now = monotonicSeconds();
        seconds.push_back(now - last);
        last = now;
    }
    return seconds;
}

} // namespace lens
