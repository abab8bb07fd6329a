// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/instruction_set.h"

#include <atomic>

namespace lens::kernels {
namespace {

std::atomic<InstructionSet> chosen = availableSets().back();

} // namespace

std::vector<InstructionSet> availableSets()
{
    std::vector<InstructionSet> sets{InstructionSet::Baseline};
#ifdef LENS_X86_KERNELS
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        sets.push_back(InstructionSet::Avx2);
    if (sets.size() == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        sets.push_back(InstructionSet::Avx512);
#endif
    return sets;
}

InstructionSet currentSet()
{
    return chosen.load(std::memory_order_relaxed);
}

void useSet(InstructionSet set)
{
    chosen.store(set, std::memory_order_relaxed);
}

std::string nameOf(InstructionSet set)
{
    switch (set) {
    case InstructionSet::Baseline:
        break;
    case InstructionSet::Avx2:
        return "avx2";
    case InstructionSet::Avx512:
        return "avx512";
    }
    return "baseline";
}

} // namespace lens::kernels
