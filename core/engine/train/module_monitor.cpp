// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/module_monitor.h"

#include "core/base/clock.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

namespace lens {
namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t kUnitElements = 1 << 16; // of slices that belong to no module

} // namespace

ModuleMonitor::ModuleMonitor(const Model& model) : m_model(model), m_steps(model.modules().size())
{
    const std::vector<ParameterSlice>& slices = model.parameters().slices();
    std::vector<bool> isFactor(slices.size());
    for (std::size_t i = 0; i < model.modules().size(); ++i) {
        const AdaptedModule& module = model.modules()[i];
        for (const int index : {module.sliceA, module.sliceB}) {
            const auto slice = static_cast<std::size_t>(index);
            isFactor[slice] = true;
            m_units.push_back({slice, slices[slice].offset, slices[slice].elements, static_cast<int>(i),
                               index == module.sliceB});
        }
        if (const auto initial = model.initialFactors(i))
            m_initial.push_back({initial->a.contiguous(), initial->b.contiguous()});
    }
    m_changes.resize(m_initial.size());
    for (std::size_t i = 0; i < slices.size(); ++i)
        for (std::int64_t begin = 0; !isFactor[i] && begin < slices[i].elements; begin += kUnitElements)
            m_units.push_back(
                {i, slices[i].offset + begin, std::min(kUnitElements, slices[i].elements - begin)});
    std::stable_sort(m_units.begin(), m_units.end(),
                     [](const Unit& a, const Unit& b) { return a.count > b.count; });
}

double ModuleMonitor::update(AdamW& optimizer, ParameterBuffer& parameters, double learningRate,
                             double gradientFactor)
{
    const c10::NoGradGuard noGrad;
    if (m_model.device().is_cpu())
        return updateOnCpu(optimizer, parameters, optimizer.begin(parameters, learningRate, gradientFactor));
    if (!m_before.defined())
        m_before = at::empty_like(parameters.gradient());
    m_before.copy_(parameters.values());
    optimizer.step(parameters, learningRate, gradientFactor);
    const double begin = monotonicSeconds();
    m_numbers = moduleNumbers(m_model, m_before, parameters.values(), m_initial);
    return monotonicSeconds() - begin;
}

double ModuleMonitor::updateOnCpu(AdamW& optimizer, ParameterBuffer& parameters, const AdamW::Update& update)
{
    const std::int64_t threads = at::get_num_threads();
    m_scratch.resize(static_cast<std::size_t>(threads));
    for (Scratch& scratch : m_scratch)
        scratch.seconds = 0;
    std::atomic<std::size_t> next = 0;
    const float* values = parameters.values().data_ptr<float>();
    at::parallel_for(0, threads, 1, [&](std::int64_t first, std::int64_t) {
        Scratch& scratch = m_scratch[static_cast<std::size_t>(first)];
        for (std::size_t i = next++; i < m_units.size(); i = next++) {
            const Unit& unit = m_units[i];
            const auto apply = [&] {
                optimizer.apply(parameters, update, unit.slice, unit.begin, unit.count);
            };
            if (unit.module < 0)
                apply();
            else
                updateFactor(unit, values + unit.begin, apply, scratch);
        }
    });
    double seconds = 0;
    for (const Scratch& scratch : m_scratch)
        seconds += scratch.seconds / static_cast<double>(threads);
    return seconds;
}

void ModuleMonitor::updateFactor(const Unit& unit, const float* values, const std::function<void()>& update,
                                 Scratch& scratch)
{
    const double begin = monotonicSeconds();
    scratch.before.assign(values, values + unit.count);
    const double updateBegin = monotonicSeconds();
    update();
    const double updateEnd = monotonicSeconds();
    const auto module = static_cast<std::size_t>(unit.module);
    gramsOf(unit, scratch.before.data(), values, m_steps[module], scratch);
    if (!m_initial.empty()) {
        const at::Tensor& initial = unit.isB ? m_initial[module].b : m_initial[module].a;
        gramsOf(unit, initial.data_ptr<float>(), values, m_changes[module], scratch);
    }
    scratch.seconds += monotonicSeconds() - updateEnd + (updateBegin - begin);
}

void ModuleMonitor::gramsOf(const Unit& unit, const float* before, const float* after, Grams& grams,
                            Scratch& scratch)
{
    const AdaptedModule& module = m_model.modules()[static_cast<std::size_t>(unit.module)];
    if (unit.isB)
        kernels::gramOfColumns(before, after, unit.count / module.rank, module.rank, grams.columns,
                               scratch.panel);
    else
        kernels::gramOfRows(before, after, module.rank, unit.count / module.rank, grams.rows, scratch.panel);
}

std::vector<kernels::FactorNumbers> ModuleMonitor::numbers() const
{
    std::vector<kernels::FactorNumbers> numbers(m_steps.size());
    if (m_model.device().is_cpu()) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const std::int64_t rank = m_model.modules()[i].rank;
            numbers[i] = kernels::factorNumbers(m_steps[i].rows, m_steps[i].columns, rank);
            if (!m_changes.empty())
                numbers[i].product =
                    kernels::factorNumbers(m_changes[i].rows, m_changes[i].columns, rank).distance;
        }
        return numbers;
    }
    const at::Tensor all = m_numbers.numbers.cpu();
    const double* row = all.data_ptr<double>();
    for (const std::size_t module : m_numbers.modules) {
        numbers[module] = {row[0], row[1], row[2], row[3]};
        row += 4;
    }
    return numbers;
}

std::vector<float> ModuleMonitor::finish(const GradientMonitor& gradient) const
{
    const std::vector<AdaptedModule>& modules = m_model.modules();
    const std::vector<kernels::FactorNumbers> all = numbers();
    std::vector<float> values(modules.size() * kModuleFieldCount, kAbsent);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const auto set = [&](ModuleField which, double value) {
            values[i * kModuleFieldCount + static_cast<std::size_t>(which)] = static_cast<float>(value);
        };
        const auto a = static_cast<std::size_t>(modules[i].sliceA);
        const auto b = static_cast<std::size_t>(modules[i].sliceB);
        const double scale = std::abs(modules[i].scale);
        set(ModuleField::NormA, all[i].normA);
        set(ModuleField::NormB, all[i].normB);
        set(ModuleField::NormDelta, scale * all[i].product);
        set(ModuleField::GradNormA, gradient.norm(a));
        set(ModuleField::GradNormB, gradient.norm(b));
        if (const auto cosine = gradient.cosine({a, b}))
            set(ModuleField::GradCosine, *cosine);
        if (const double base = m_model.baseNorm(i); base > 0)
            set(ModuleField::UpdateRatio, scale * all[i].distance / base);
    }
    return values;
}

} // namespace lens
