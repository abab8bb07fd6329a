// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/engine_kernels/kernel_case.h"

#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

#include <limits>
#include <sstream>

namespace lens::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

} // namespace

void KernelCase::addRows()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("type");
    for (const kernels::InstructionSet set : kernels::availableSets())
        for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kDouble}) {
            std::ostringstream name;
            name << kernels::nameOf(set) << " " << type;
            QTest::addRow("%s", name.str().c_str()) << static_cast<int>(set) << static_cast<int>(type);
        }
}

KernelCase::KernelCase() : m_type(at::kFloat)
{
    QFETCH(int, set);
    QFETCH(int, type);
    kernels::useSet(static_cast<kernels::InstructionSet>(set));
    m_type = static_cast<at::ScalarType>(type);
}

KernelCase::~KernelCase()
{
    kernels::useSet(kernels::availableSets().back());
}

at::Tensor KernelCase::space(std::int64_t rows, std::int64_t width, std::int64_t room) const
{
    return at::full({rows, width + room}, kNaN, m_type).narrow(1, 0, width);
}

at::Tensor KernelCase::random(std::int64_t rows, std::int64_t width, std::int64_t room)
{
    at::Generator generator = newGenerator(at::kCPU, m_seed++);
    at::Tensor matrix = space(rows, width, room);
    matrix.copy_(at::empty({rows, width}, at::kDouble).normal_(0, 1, generator));
    return matrix;
}

double KernelCase::bound(int roundings) const
{
    if (m_type == at::kBFloat16)
        return 1.01 * roundings / 256;
    return m_type == at::kDouble ? 1e-12 : 2e-6;
}

at::Tensor wide(const at::Tensor& x)
{
    return x.detach().to(at::kDouble, false, true).contiguous().set_requires_grad(true);
}

at::Tensor roomy(const at::Tensor& x, std::int64_t room)
{
    at::Tensor copy = at::full({x.size(0), x.size(1) + room}, kNaN, x.scalar_type()).narrow(1, 0, x.size(1));
    copy.copy_(x);
    return copy;
}

double deviation(const at::Tensor& actual, const at::Tensor& expected)
{
    const at::Tensor a = actual.detach().to(at::kDouble);
    const at::Tensor e = expected.detach().to(at::kDouble);
    if (!at::equal(a.isnan(), e.isnan()) || a.sizes() != e.sizes())
        return kNaN;
    if (a.numel() == 0)
        return 0;
    const at::Tensor size = e.abs();
    return ((a - e).abs() / (size + size.mean())).max().item<double>();
}

} // namespace lens::test
