// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/weight_files.h"

#include "core/base/error.h"
#include "core/base/json.h"

#include <ATen/ATen.h>

#include <set>

namespace lens {
namespace {

constexpr std::size_t kMaxIndexBytes = 64u << 20;

// A shard's name in an index must not lead out of the folder.
bool isPlainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

// name → shard, checked.
std::map<std::string, std::string> weightMapOf(const std::filesystem::path& index)
{
    const Json json = readJsonFile(index, false, kMaxIndexBytes);
    const auto found = json.is_object() ? json.find("weight_map") : json.end();
    if (!json.is_object() || found == json.end() || !found->is_object())
        throw Error("has no weight_map", index.string());
    std::map<std::string, std::string> map;
    std::vector<Problem> problems;
    for (const auto& [name, shard] : found->items()) {
        if (shard.is_string() && isPlainName(shard.get<std::string>()))
            map[name] = shard.get<std::string>();
        else
            problems.push_back({"the shard of " + name + " is not a file name", index.string(), {}});
    }
    throwIfAny(std::move(problems));
    return map;
}

} // namespace

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

WeightFiles::WeightFiles(const std::filesystem::path& folder)
{
    const auto single = folder / "model.safetensors";
    const auto index = folder / "model.safetensors.index.json";
    if (std::filesystem::exists(single))
        open(single);
    else if (std::filesystem::exists(index))
        openShards(index);
    else
        throw Error("has neither model.safetensors nor model.safetensors.index.json", folder.string(),
                    "weights in pickle files (.bin, .pt) are not read: save them as safetensors");
    for (const SafetensorsFile& file : m_files)
        for (const auto& [name, entry] : file.tensors())
            m_tensors.emplace(name, &entry);
}

void WeightFiles::open(const std::filesystem::path& file)
{
    m_files.emplace_back(file);
}

void WeightFiles::openShards(const std::filesystem::path& index)
{
    const auto map = weightMapOf(index);
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
