// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/slice_sums.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <map>

namespace lens {
namespace {

constexpr std::int64_t kPartElements = 1 << 15;

} // namespace

SliceSummation::SliceSummation(const ParameterBuffer& parameters)
{
    std::map<std::int64_t, std::vector<std::size_t>> groups;
    for (const ParameterSlice& slice : parameters.slices()) {
        groups[slice.elements].push_back(m_slices.size());
        for (std::int64_t begin = 0; begin < slice.elements; begin += kPartElements)
            m_parts.push_back(
                {m_slices.size(), slice.offset + begin, std::min(kPartElements, slice.elements - begin)});
        m_slices.push_back({slice.offset, slice.elements});
    }
    for (auto& [elements, slices] : groups)
        m_groups.push_back(std::move(slices));
}

std::vector<SliceSums> SliceSummation::of(const at::Tensor& x, const at::Tensor& y) const
{
    if (!x.device().is_cpu())
        return byAten(x, y);
    const float* dataOfX = x.data_ptr<float>();
    const float* dataOfY = y.defined() ? y.data_ptr<float>() : nullptr;
    std::vector<SliceSums> parts(m_parts.size());
    at::parallel_for(
        0, static_cast<std::int64_t>(m_parts.size()), 8, [&](std::int64_t first, std::int64_t last) {
            for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
                const Part& part = m_parts[i];
                if (dataOfY)
                    parts[i] = kernels::sumPairs(dataOfX + part.begin, dataOfY + part.begin, part.count);
                else
                    parts[i].squares = kernels::sumSquares(dataOfX + part.begin, part.count);
            }
        });
    std::vector<SliceSums> sums(m_slices.size());
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        sums[m_parts[i].slice].squares += parts[i].squares;
        sums[m_parts[i].slice].products += parts[i].products;
    }
    return sums;
}

std::vector<SliceSums> SliceSummation::byAten(const at::Tensor& x, const at::Tensor& y) const
{
    std::vector<at::Tensor> rows;
    for (const std::vector<std::size_t>& group : m_groups) {
        const auto stacked = [&](const at::Tensor& flat) {
            std::vector<at::Tensor> views;
            for (const std::size_t slice : group)
                views.push_back(flat.narrow(0, m_slices[slice].offset, m_slices[slice].elements));
            return at::stack(views).to(at::kDouble);
        };
        const at::Tensor wide = stacked(x);
        const at::Tensor squares = wide.square().sum(1);
        rows.push_back(
            at::stack({squares, y.defined() ? stacked(y).mul_(wide).sum(1) : at::zeros_like(squares)}));
    }
    std::vector<SliceSums> sums(m_slices.size());
    if (rows.empty())
        return sums;
    const at::Tensor all = at::cat(rows, 1).cpu(); // (2, slices), by group
    const double* squares = all.data_ptr<double>();
    const double* products = squares + m_slices.size();
    std::size_t next = 0;
    for (const std::vector<std::size_t>& group : m_groups)
        for (const std::size_t slice : group) {
            sums[slice] = {squares[next], products[next]};
            ++next;
        }
    return sums;
}

SliceSums totalOf(const std::vector<SliceSums>& slices)
{
    SliceSums total;
    for (const SliceSums& slice : slices) {
        total.squares += slice.squares;
        total.products += slice.products;
    }
    return total;
}

} // namespace lens
