// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/extended_weights.h"

#include "core/engine/kernels/conversion.h"
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens {
void ExtendedWeights::measure(const std::vector<Linear*>& modules)
{
    const std::int64_t copies = m_parts == 2 ? 3 : 1;
    std::int64_t ranks = 0;
    for (Linear* linear : modules) {
        ExtendedModule module;
        module.linear = linear;
        module.outFeatures = linear->outFeatures();
        module.rank = linear->lora ? linear->lora->a.size(0) : 0;
        module.extra = copies * module.rank;
        module.firstRow = m_out;
        module.firstFactor = m_parts * ranks;
        module.firstRest = ranks;
        ranks += module.rank;
        m_out += module.outFeatures;
        m_room = std::max(m_room, module.extra);
        m_modules.push_back(module);
    }
    m_factors = m_parts * ranks;
    m_extraRows = copies * ranks;
}

ExtendedWeights::ExtendedWeights(const std::vector<Linear*>& modules, SharedBuffers& shared)
{
    const at::NoGradGuard guard;
    const Linear& first = *modules.front();
    const at::TensorOptions options =
        first.quantised ? at::TensorOptions(first.quantisedType).device(first.quantised->device())
                        : first.weight.options();
    m_in = first.inFeatures();
    m_parts = c10::typeMetaToScalarType(options.dtype()) == at::kBFloat16 ? 2 : 1;
    measure(modules);
    if (first.quantised) {
        m_shared = shared.try_emplace({m_out + m_extraRows, m_in, m_room}, std::make_shared<SharedBuffer>())
                       .first->second;
        if (!m_shared->buffer.defined())
            m_shared->buffer = roomyEmpty(m_out + m_extraRows, m_in, m_room, options);
        m_buffer = m_shared->buffer;
    } else {
        m_buffer = roomyEmpty(m_out + m_extraRows, m_in, m_room, options);
    }
    m_backward = m_buffer;
    m_a = m_buffer.narrow(0, m_out, m_factors);
    const at::Tensor wide = withRoom(m_buffer, m_room);
    for (ExtendedModule& module : m_modules) {
        Linear& linear = *module.linear;
        const at::Tensor rows = wide.narrow(0, module.firstRow, module.outFeatures);
        module.forward = rows.narrow(1, 0, m_in + module.extra);
        module.b = rows.narrow(1, m_in, m_parts * module.rank);
        if (!m_shared) {
            const at::Tensor weight = rows.narrow(1, 0, m_in);
            weight.copy_(linear.matrix());
            linear.weight = linear.inputMajor ? weight.t() : weight;
        }
        m_weights.push_back(m_shared ? nullptr : linear.weight.data_ptr());
    }
}

bool ExtendedWeights::holds(const Linear& linear) const
{
    for (std::size_t i = 0; i < m_modules.size(); ++i)
        if (m_modules[i].linear == &linear)
            return m_shared || linear.weight.data_ptr() == m_weights[i];
    return false;
}

void ExtendedWeights::place(ExtendedModule& module)
{
    const LoraBranch& branch = *module.linear->lora;
    const std::int64_t r = module.rank;
    const auto rows = [&](std::int64_t first) { return m_buffer.narrow(0, m_out + first, r); };
    const at::Tensor columns = module.forward.narrow(1, m_in, module.extra);
    if (m_parts == 1) {
        rows(module.firstFactor).copy_(branch.a);
        columns.copy_(branch.b);
        return;
    }
    kernels::splitHalves(rows(module.firstFactor), rows(module.firstFactor + r), branch.a.detach(), 1,
                         rows(m_factors + module.firstRest));
    kernels::splitHalves(columns.narrow(1, 0, r), columns.narrow(1, r, r), branch.b.detach(), 1,
                         columns.narrow(1, 2 * r, r));
}

void ExtendedWeights::dequantise()
{
    for (ExtendedModule& module : m_modules) {
        module.linear->quantised->dequantiseInto(module.forward.narrow(1, 0, m_in));
        module.versionA = module.versionB = -1;
    }
    m_shared->holder = this;
}

void ExtendedWeights::refresh()
{
    const at::NoGradGuard guard;
    if (m_shared && m_shared->holder != this)
        dequantise();
    for (ExtendedModule& module : m_modules) {
        if (module.rank == 0)
            continue;
        const LoraBranch& branch = *module.linear->lora;
        const auto versionA = static_cast<std::int64_t>(branch.a._version());
        const auto versionB = static_cast<std::int64_t>(branch.b._version());
        if (module.versionA == versionA && module.versionB == versionB)
            continue;
        place(module);
        module.versionA = versionA;
        module.versionB = versionB;
    }
}

} // namespace lens
