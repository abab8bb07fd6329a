// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/weight_files.h"

#include "core/base/error.h"
#include "core/model_files/weight_index.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>
#include <set>

#include <sys/mman.h>
#include <unistd.h>

namespace lens {

at::ScalarType scalarTypeOf(DType type, const std::string& where)
{
    switch (type) {
    case DType::F64:
        return at::kDouble;
    case DType::F32:
        return at::kFloat;
    case DType::F16:
        return at::kHalf;
    case DType::BF16:
        return at::kBFloat16;
    case DType::I64:
        return at::kLong;
    default:
        throw Error("tensors of type " + std::string(dtypeName(type)) + " cannot be used here", where);
    }
}

at::Tensor mappedTensor(const TensorEntry& entry, const std::string& where)
{
    const auto options = at::TensorOptions().dtype(scalarTypeOf(entry.type, where));
    if (entry.bytes.empty())
        return at::empty(entry.shape, options);
    if (reinterpret_cast<std::uintptr_t>(entry.bytes.data()) % dtypeBytes(entry.type) == 0)
        return at::from_blob(const_cast<std::byte*>(entry.bytes.data()), entry.shape, options);
    at::Tensor copy = at::empty(entry.shape, options);
    std::memcpy(copy.data_ptr(), entry.bytes.data(), entry.bytes.size());
    return copy;
}

void dropPages(std::span<const std::byte> bytes)
{
    // Whole pages only: others may hold parts of tensors that are in use.
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(bytes.data()) + page - 1) / page * page;
    const auto end = (reinterpret_cast<std::uintptr_t>(bytes.data()) + bytes.size()) / page * page;
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

WeightFiles::WeightFiles(const std::filesystem::path& folder)
{
    const auto index = folder / kWeightsIndexFile;
    if (!std::filesystem::exists(folder / kWeightsFile) && std::filesystem::exists(index))
        openShards(index);
    else
        for (const auto& file : weightFilesOf(folder))
            open(file);
    for (const SafetensorsFile& file : m_files)
        for (const auto& [name, entry] : file.tensors())
            m_tensors.emplace(name, &entry);
}

void WeightFiles::completeNames(const ModuleNames& names)
{
    const std::string base = std::string(names.base) + ".";
    const std::string head = std::string(names.head) + ".";
    const auto isComplete = [&base](const auto& item) { return item.first.starts_with(base); };
    if (std::any_of(m_tensors.begin(), m_tensors.end(), isComplete))
        return;
    std::map<std::string, const TensorEntry*> complete;
    for (const auto& [name, entry] : m_tensors)
        complete.emplace(name.starts_with(head) ? name : base + name, entry);
    m_tensors = std::move(complete);
}

void WeightFiles::releasePages() const
{
    for (const SafetensorsFile& file : m_files)
        file.releasePages();
}

void WeightFiles::open(const std::filesystem::path& file)
{
    m_files.emplace_back(file);
}

void WeightFiles::openShards(const std::filesystem::path& index)
{
    const auto map = readWeightMap(index);
    std::set<std::string> shards;
    for (const auto& [name, shard] : map)
        shards.insert(shard);
    std::vector<Problem> problems;
    for (const std::string& shard : shards) {
        const auto path = index.parent_path() / shard;
        if (!std::filesystem::exists(path)) {
            problems.push_back({"the shard " + shard + " is missing", index.string(), {}});
            continue;
        }
        open(path);
        for (const auto& [name, entry] : m_files.back().tensors()) {
            const auto listed = map.find(name);
            if (listed == map.end() || listed->second != shard)
                problems.push_back({name + " is not listed for this shard in the index", path.string(), {}});
        }
        for (const auto& [name, listed] : map)
            if (listed == shard && !m_files.back().tensors().contains(name))
                problems.push_back(
                    {"has no tensor " + name + ", which the index lists for it", path.string(), {}});
    }
    throwIfAny(std::move(problems));
}

} // namespace lens
