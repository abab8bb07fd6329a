// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/adapter_file.h"

#include "core/base/error.h"
#include "core/engine/model/adapter_plan.h"
#include "core/engine/model/weight_files.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <set>

namespace lens {
namespace {

constexpr std::size_t kMaxConfigBytes = 16u << 20;
constexpr std::string_view kBaseWeight = ".base_layer.weight";

bool isThere(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::exists(path, code);
}

std::filesystem::path weightsOf(const std::filesystem::path& folder)
{
    const auto path = folder / "adapter_model.safetensors";
    if (!isThere(path))
        throw Error("has no adapter_model.safetensors", folder.string(),
                    "adapters in pickle files (.bin) are not read: save them as safetensors");
    return path;
}

// ".lora_A.<name>.weight" → ".lora_A.weight": the part after `part` is the adapter's name.
bool dropName(std::string& key, const std::string& part, const std::string& end)
{
    const auto at = key.rfind(part);
    if (at == std::string::npos || !key.ends_with(end))
        return false;
    const std::size_t begin = at + part.size();
    const std::size_t last = key.size() - end.size();
    if (begin < last && key.find('.', begin) >= last)
        key.erase(begin - 1, last - begin + 1);
    return true;
}

// The copy that modules_to_save left untouched.
bool isOriginalModule(const std::string& key)
{
    return key.find(".original_module.") != std::string::npos;
}

// First or second half of an adapter of twice the rank, as A (rows) or B (columns).
at::Tensor half(const at::Tensor& both, bool isB, bool second)
{
    const std::int64_t axis = isB ? 1 : 0;
    const std::int64_t rank = both.size(axis) / 2;
    return both.narrow(axis, second ? rank : 0, rank);
}

} // namespace

std::string canonicalKey(const std::string& key)
{
    std::string name = key;
    for (const char* part : {".lora_A.", ".lora_B."})
        if (dropName(name, part, ".weight"))
            return name;
    const std::string vector = ".lora_magnitude_vector";
    const auto at = name.rfind(vector);
    if (at != std::string::npos && (at + vector.size() == name.size() || name[at + vector.size()] == '.'))
        return name.substr(0, at + vector.size());
    // ".modules_to_save.weight" and ".modules_to_save.default.weight" → ".weight"
    const std::string saved = ".modules_to_save.";
    const auto begin = name.rfind(saved);
    if (begin == std::string::npos)
        return name;
    std::string rest = name.substr(begin + saved.size());
    if (rest.starts_with("default."))
        rest = rest.substr(8);
    return name.substr(0, begin + 1) + rest;
}

AdapterFile::AdapterFile(const std::filesystem::path& adapterFolder) : m_folder(adapterFolder)
{
    const auto initialConfig = adapterFolder / kInitialAdapterConfig;
    if (isThere(initialConfig)) {
        m_config =
            parseLoraConfig(readJsonFile(initialConfig, false, kMaxConfigBytes), initialConfig.string());
        m_initial.emplace(adapterFolder / kInitialAdapterWeights);
    } else {
        m_config = readLoraConfig(adapterFolder);
    }
    m_file.emplace(weightsOf(adapterFolder));
    std::vector<Problem> problems;
    for (const auto& [name, entry] : m_file->tensors()) {
        if (isOriginalModule(name))
            continue;
        if (!m_tensors.emplace(canonicalKey(name), &entry).second)
            problems.push_back(
                {"names the same tensor twice: " + name, weightsOf(adapterFolder).string(), {}});
    }
    throwIfAny(std::move(problems));
}

const TensorEntry* AdapterFile::entryFor(const ParameterSlice& slice) const
{
    // Before PEFT 0.6 a bias of an adapted module had no "base_layer" in its name.
    const std::string layer = ".base_layer.bias";
    std::vector<std::string> names{slice.key};
    if (slice.key.ends_with(layer))
        names.push_back(slice.key.substr(0, slice.key.size() - layer.size()) + ".bias");
    for (const std::string& name : names)
        if (const auto found = m_tensors.find(name); found != m_tensors.end())
            return found->second;
    return nullptr;
}

void AdapterFile::fill(ParameterBuffer& buffer, BiasTraining bias) const
{
    const std::string where = weightsOf(m_folder).string();
    std::vector<Problem> problems;
    std::set<const TensorEntry*> taken;
    for (const ParameterSlice& slice : buffer.slices()) {
        const TensorEntry* entry = entryFor(slice);
        const bool mayMiss = bias == BiasTraining::LoraOnly && slice.key.ends_with(".base_layer.bias");
        const bool halved = m_initial && slice.module >= 0 && slice.shape.size() == 2;
        std::vector<std::int64_t> shape = slice.shape;
        if (halved)
            shape[slice.isB ? 1 : 0] *= 2;
        if (!entry) {
            if (!mayMiss)
                problems.push_back({"has no tensor " + slice.key, where, {}});
            continue;
        }
        taken.insert(entry);
        if (entry->shape != shape) {
            problems.push_back({slice.key + " has another shape than rank and model ask for", where, {}});
            continue;
        }
        const at::Tensor stored = mappedTensor(*entry, slice.key);
        buffer.values()
            .narrow(0, slice.offset, slice.elements)
            .view(slice.shape)
            .copy_(halved ? half(stored, slice.isB, false) : stored);
    }
    for (const auto& [name, entry] : m_tensors)
        if (!taken.contains(entry) && !name.ends_with(kBaseWeight))
            problems.push_back({"has the tensor " + name + ", which no adapted module takes", where, {}});
    throwIfAny(std::move(problems));
}

std::map<std::string, at::Tensor> AdapterFile::baseWeights(const std::vector<AdaptedModule>& modules) const
{
    std::map<std::string, at::Tensor> weights;
    std::vector<Problem> problems;
    for (const auto& [name, entry] : m_tensors) {
        if (!name.ends_with(kBaseWeight))
            continue;
        const auto module = std::find_if(modules.begin(), modules.end(), [&](const AdaptedModule& other) {
            return name == peftPath(other.path) + std::string(kBaseWeight);
        });
        const std::string where = weightsOf(m_folder).string();
        if (module == modules.end())
            problems.push_back({"has the tensor " + name + ", which no adapted module takes", where, {}});
        else
            weights.emplace(module->path, mappedTensor(*entry, name).clone());
    }
    throwIfAny(std::move(problems));
    return weights;
}

std::optional<LowRankFactors> AdapterFile::initialFactors(const AdaptedModule& module) const
{
    if (!m_initial)
        return std::nullopt;
    const std::string where = (m_folder / kInitialAdapterWeights).string();
    const auto factor = [&](const char* part, std::int64_t rows, std::int64_t columns) {
        const std::string key = peftPath(module.path) + part;
        const TensorEntry& entry = m_initial->at(key);
        if (entry.shape != std::vector<std::int64_t>{rows, columns} || entry.type != DType::F32)
            throw Error(key + " has another shape or type than rank and model ask for", where);
        return mappedTensor(entry, key).clone();
    };
    LowRankFactors factors{factor(".lora_A.weight", module.rank, module.inFeatures),
                           factor(".lora_B.weight", module.outFeatures, module.rank)};
    const auto written = [&](const char* part, bool isB) {
        const std::string key = peftPath(module.path) + part;
        const auto found = m_tensors.find(key);
        return found == m_tensors.end() ? at::Tensor() : half(mappedTensor(*found->second, key), isB, true);
    };
    const at::Tensor a = written(".lora_A.weight", false);
    const at::Tensor b = written(".lora_B.weight", true);
    if (!a.defined() || !b.defined() || !at::equal(a, factors.a) || !at::equal(b, factors.b.neg()))
        throw Error("does not belong to the adapter beside it: " + module.path, where);
    return factors;
}

} // namespace lens
