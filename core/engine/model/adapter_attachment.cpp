// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What of a model is trained: a fresh LoRA adapter, one from a PEFT folder, or all weights.
#include "core/base/error.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/model/target_matcher.h"
#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lens {
namespace {

std::string kindOf(const std::string& path)
{
    return path.substr(path.rfind('.') + 1);
}

// "model.layers.12.…" → 12; −1 outside of the layers.
int layerOf(const std::string& path)
{
    const auto found = path.find(".layers.");
    return found == std::string::npos ? -1 : std::stoi(path.substr(found + 8));
}

std::string keyOf(const std::string& path, const char* part)
{
    return "base_model.model." + path + "." + part + ".weight";
}

// Names that a user may give as targets.
std::string kindsOf(const std::vector<Linear*>& linears)
{
    std::set<std::string> kinds;
    for (const Linear* linear : linears)
        kinds.insert(kindOf(linear->path));
    std::string text;
    for (const std::string& kind : kinds)
        text += (text.empty() ? "" : ", ") + kind;
    return text;
}

// Modules that the configuration names, sorted by path.
std::vector<Linear*> adaptedBy(const LoraConfig& config, Decoder& decoder)
{
    const TargetMatcher targets(config);
    std::vector<Linear*> adapted;
    for (Linear* linear : decoder.linears())
        if (targets.matches(linear->path, linear == &decoder.head()))
            adapted.push_back(linear);
    std::sort(adapted.begin(), adapted.end(),
              [](const Linear* a, const Linear* b) { return a->path < b->path; });
    return adapted;
}

// Every name in a list must be the name of something.
void requireAllFound(const LoraConfig& config, const std::vector<Linear*>& linears, const std::string& source)
{
    std::vector<Problem> problems;
    for (const std::string& target : config.targets) {
        LoraConfig single;
        single.targets = {target};
        const TargetMatcher matcher(single);
        const auto matched = [&](const Linear* linear) { return matcher.matches(linear->path, false); };
        if (std::none_of(linears.begin(), linears.end(), matched))
            problems.push_back(
                {"no linear module of this model is named " + target, source, "known: " + kindsOf(linears)});
    }
    throwIfAny(std::move(problems));
}

// Every missing, misshapen and extra tensor of an adapter's file.
void requireSameTensors(const std::vector<ParameterSlice>& slices, const SafetensorsFile& file,
                        const std::string& where)
{
    std::vector<Problem> problems;
    std::set<std::string> wanted;
    for (const ParameterSlice& slice : slices) {
        wanted.insert(slice.key);
        const auto found = file.tensors().find(slice.key);
        if (found == file.tensors().end())
            problems.push_back({"has no tensor " + slice.key, where, {}});
        else if (found->second.shape != slice.shape)
            problems.push_back({slice.key + " has another shape than rank and model ask for", where, {}});
    }
    for (const auto& [name, entry] : file.tensors())
        if (!wanted.contains(name))
            problems.push_back({"has the tensor " + name + ", which no adapted module takes", where, {}});
    throwIfAny(std::move(problems));
}

} // namespace

void Model::Parts::requireUntrained() const
{
    if (buffer)
        throw Error("what is trained was already chosen", "model");
}

void Model::Parts::attach(const LoraConfig& loraConfig, const std::string& source)
{
    requireUntrained();
    adapted = adaptedBy(loraConfig, decoder);
    if (adapted.empty())
        throw Error("the targets name no linear module of this model", source,
                    "known: " + kindsOf(decoder.linears()));
    lora = loraConfig;
    std::vector<ParameterSlice> slices;
    for (const Linear* linear : adapted) {
        AdaptedModule module;
        module.path = linear->path;
        module.layer = layerOf(linear->path);
        module.kind = kindOf(linear->path);
        module.rank = loraConfig.r;
        module.scale = loraConfig.scale();
        module.outFeatures = linear->outFeatures();
        module.inFeatures = linear->inFeatures();
        module.sliceA = static_cast<int>(slices.size());
        module.sliceB = module.sliceA + 1;
        ParameterSlice slice;
        slice.module = static_cast<int>(modules.size());
        slice.key = keyOf(linear->path, "lora_A");
        slice.shape = {loraConfig.r, module.inFeatures};
        slices.push_back(slice);
        slice.key = keyOf(linear->path, "lora_B");
        slice.shape = {module.outFeatures, loraConfig.r};
        slice.isB = true;
        slices.push_back(slice);
        modules.push_back(std::move(module));
    }
    buffer.emplace(std::move(slices), device);
    baseNorms.resize(modules.size());
    for (std::size_t i = 0; i < modules.size(); ++i)
        adapted[i]->lora = LoraBranch{buffer->parameter(static_cast<std::size_t>(modules[i].sliceA)),
                                      buffer->parameter(static_cast<std::size_t>(modules[i].sliceB)),
                                      loraConfig.scale(), loraConfig.dropout};
}

void Model::Parts::trainAll()
{
    requireUntrained();
    std::vector<ParameterSlice> slices;
    for (const WeightSlot& slot : decoder.slots()) {
        ParameterSlice slice;
        slice.key = slot.name;
        slice.shape = slot.shape;
        slice.decay = slot.kind == WeightSlot::Kind::Matrix;
        slices.push_back(std::move(slice));
    }
    buffer.emplace(std::move(slices), device);
    const at::NoGradGuard guard;
    for (std::size_t i = 0; i < decoder.slots().size(); ++i) {
        at::Tensor& weight = *decoder.slots()[i].tensor;
        const ParameterSlice& slice = buffer->slices()[i];
        buffer->values().narrow(0, slice.offset, slice.elements).copy_(weight.reshape({-1}));
        weight = buffer->parameter(i);
    }
    type = at::kFloat;
    decoder.setType(type);
    decoder.tieHead();
    files.reset();
}

void Model::attachLora(const AdapterSettings& settings, std::uint64_t seed)
{
    const LoraConfig config = loraConfigOf(settings);
    requireAllFound(config, m_parts->decoder.linears(), "adapter.target_modules");
    m_parts->attach(config, "adapter.target_modules");
    const at::NoGradGuard guard;
    // On the CPU whatever the device, so that a seed gives the same adapter everywhere.
    at::Generator random = newGenerator(at::kCPU, seed);
    for (const AdaptedModule& module : m_parts->modules) {
        // Kaiming-uniform with a = √5: bound √(6 / ((1 + 5) · in)) = 1 / √in.
        const double bound = 1 / std::sqrt(static_cast<double>(module.inFeatures));
        const ParameterSlice& slice = m_parts->buffer->slices()[static_cast<std::size_t>(module.sliceA)];
        const at::Tensor drawn = at::empty({slice.elements}, at::kFloat).uniform_(-bound, bound, random);
        m_parts->buffer->values().narrow(0, slice.offset, slice.elements).copy_(drawn);
    }
}

void Model::attachAdapter(const std::filesystem::path& adapterFolder, double dropout)
{
    LoraConfig config = readLoraConfig(adapterFolder);
    config.dropout = dropout;
    const auto path = adapterFolder / "adapter_model.safetensors";
    if (!std::filesystem::exists(path))
        throw Error("has no adapter_model.safetensors", adapterFolder.string(),
                    "adapters in pickle files (.bin) are not read: save them as safetensors");
    const SafetensorsFile file(path);
    m_parts->attach(config, adapterFolder.string());
    requireSameTensors(m_parts->buffer->slices(), file, path.string());
    const at::NoGradGuard guard;
    for (const ParameterSlice& slice : m_parts->buffer->slices())
        m_parts->buffer->values()
            .narrow(0, slice.offset, slice.elements)
            .copy_(mappedTensor(file.at(slice.key), slice.key).reshape({-1}));
}

void Model::trainAllWeights()
{
    m_parts->trainAll();
}

} // namespace lens
