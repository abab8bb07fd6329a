// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/module_monitor.h"

#include "core/engine/train/vector_sums.h"

#include <ATen/Functions.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {
namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();

float& field(std::vector<float>& values, std::size_t module, ModuleField which)
{
    return values[module * kModuleFieldCount + static_cast<std::size_t>(which)];
}

at::Tensor sliceOf(const at::Tensor& flat, const ParameterSlice& slice)
{
    return flat.narrow(0, slice.offset, slice.elements);
}

LowRank adapterOf(const ParameterBuffer& parameters, const at::Tensor& flat, const AdaptedModule& module)
{
    const ParameterSlice& a = parameters.slices()[static_cast<std::size_t>(module.sliceA)];
    const ParameterSlice& b = parameters.slices()[static_cast<std::size_t>(module.sliceB)];
    return {sliceOf(flat, a).view(a.shape), sliceOf(flat, b).view(b.shape), module.scale};
}

// √tr((LᵀL)(RRᵀ)) = ‖L·R‖_F for L (m, k), R (k, n).
double productNorm(const at::Tensor& left, const at::Tensor& right)
{
    const at::Tensor gramLeft = at::mm(left.t(), left);
    const at::Tensor gramRight = at::mm(right, right.t());
    return std::sqrt(std::max(0.0, gramLeft.mul(gramRight).sum().item<double>()));
}

} // namespace

double deltaNorm(const LowRank& adapter)
{
    return std::abs(adapter.scale) * productNorm(adapter.b.to(at::kDouble), adapter.a.to(at::kDouble));
}

double deltaDistance(const LowRank& before, const LowRank& after)
{
    // B'A' − BA = (B' − B)A' + B(A' − A) = [B' − B, B] · [A'; A' − A]: no difference of large numbers.
    const at::Tensor oldA = before.a.to(at::kDouble);
    const at::Tensor oldB = before.b.to(at::kDouble);
    const at::Tensor newA = after.a.to(at::kDouble);
    const at::Tensor newB = after.b.to(at::kDouble);
    return std::abs(after.scale) *
           productNorm(at::cat({newB - oldB, oldB}, 1), at::cat({newA, newA - oldA}, 0));
}

ModuleMonitor::ModuleMonitor(const Model& model) : m_model(model) {}

void ModuleMonitor::takeGradient(const std::optional<at::Tensor>& previous)
{
    const ParameterBuffer& parameters = m_model.parameters();
    const std::vector<AdaptedModule>& modules = m_model.modules();
    m_values.assign(modules.size() * kModuleFieldCount, kAbsent);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const ParameterSlice& a = parameters.slices()[static_cast<std::size_t>(modules[i].sliceA)];
        const ParameterSlice& b = parameters.slices()[static_cast<std::size_t>(modules[i].sliceB)];
        const at::Tensor gradA = sliceOf(parameters.gradient(), a);
        const at::Tensor gradB = sliceOf(parameters.gradient(), b);
        const PairSums sumsA = pairSums(gradA, previous ? sliceOf(*previous, a) : gradA);
        const PairSums sumsB = pairSums(gradB, previous ? sliceOf(*previous, b) : gradB);
        field(m_values, i, ModuleField::GradNormA) = static_cast<float>(std::sqrt(sumsA.squaresOfA));
        field(m_values, i, ModuleField::GradNormB) = static_cast<float>(std::sqrt(sumsB.squaresOfA));
        const auto cosine =
            previous ? cosineOf(sumsA.products + sumsB.products, sumsA.squaresOfA + sumsB.squaresOfA,
                                sumsA.squaresOfB + sumsB.squaresOfB)
                     : std::nullopt;
        field(m_values, i, ModuleField::GradCosine) = cosine ? static_cast<float>(*cosine) : kAbsent;
    }
}

void ModuleMonitor::takeValues()
{
    if (!m_before.defined())
        m_before = at::empty_like(m_model.parameters().gradient());
    m_before.copy_(m_model.parameters().values());
}

double ModuleMonitor::changeNorm(std::size_t module, const LowRank& now) const
{
    const auto initial = m_model.initialFactors(module);
    return initial ? deltaDistance({initial->a, initial->b, now.scale}, now) : deltaNorm(now);
}

std::vector<float> ModuleMonitor::finish()
{
    const c10::NoGradGuard noGrad;
    const ParameterBuffer& parameters = m_model.parameters();
    const std::vector<AdaptedModule>& modules = m_model.modules();
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const LowRank now = adapterOf(parameters, parameters.values(), modules[i]);
        const LowRank before = adapterOf(parameters, m_before, modules[i]);
        field(m_values, i, ModuleField::NormA) = static_cast<float>(std::sqrt(sumOfSquares(now.a.flatten())));
        field(m_values, i, ModuleField::NormB) = static_cast<float>(std::sqrt(sumOfSquares(now.b.flatten())));
        field(m_values, i, ModuleField::NormDelta) = static_cast<float>(changeNorm(i, now));
        const double base = m_model.baseNorm(i);
        field(m_values, i, ModuleField::UpdateRatio) =
            base > 0 ? static_cast<float>(deltaDistance(before, now) / base) : kAbsent;
    }
    return std::move(m_values);
}

} // namespace lens
