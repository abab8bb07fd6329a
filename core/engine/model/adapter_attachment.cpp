// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What of a model is trained: a fresh LoRA adapter, one from a PEFT folder, or all weights.
#include "core/base/error.h"
#include "core/engine/model/adapter_file.h"
#include "core/engine/model/adapter_plan.h"
#include "core/engine/model/dora_branch.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/model/target_matcher.h"
#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace lens {
namespace {

// "model.layers.12.…" → 12: the first part of a path that is a number; −1 outside of the layers.
int layerOf(const std::string& path)
{
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        int layer = 0;
        const auto [last, code] = std::from_chars(path.data() + begin, path.data() + end, layer);
        if (code == std::errc() && last == path.data() + end)
            return layer;
        begin = end + 1;
    }
    return -1;
}

// Every name in a list must be the name of something.
void requireAllFound(const LoraConfig& config, Decoder& decoder, const std::string& source)
{
    std::vector<Problem> problems;
    for (const std::string& target : config.targets) {
        const PathSelection selection({target}, {}, source);
        const auto linears = decoder.linears();
        const auto matched = [&](const Linear* linear) { return selection.matches(linear->path); };
        if (std::none_of(linears.begin(), linears.end(), matched))
            problems.push_back({"no linear module of this model is named " + target, source, {}});
    }
    throwIfAny(std::move(problems));
}

// The slices of a plan before they are sorted, and who they belong to.
class Layout {
public:
    explicit Layout(const AdapterPlan& plan) : m_plan(plan) {}

    void add(AdaptedModule& module, int index, bool decomposed)
    {
        const std::string path = peftPath(module.path);
        add({.key = path + ".lora_A.weight", .shape = {module.rank, module.inFeatures}, .module = index},
            &module.sliceA);
        add({.key = path + ".lora_B.weight",
             .shape = {module.outFeatures, module.rank},
             .module = index,
             .isB = true},
            &module.sliceB);
        if (decomposed)
            add({.key = path + ".lora_magnitude_vector", .shape = {module.outFeatures}, .module = index},
                &module.sliceMagnitude);
    }

    void add(const PlannedTensor& planned, ReplacedTensor& replaced)
    {
        replaced.tensor = planned.slot.tensor;
        replaced.original = *planned.slot.tensor;
        add({.key = planned.key, .shape = planned.slot.shape, .decay = isDecayed(planned.slot)},
            &replaced.slice);
    }

    // Sorted by key; tells everybody the index of its slice.
    std::vector<ParameterSlice> sorted()
    {
        std::vector<std::size_t> order(m_slices.size());
        std::iota(order.begin(), order.end(), 0);
        std::sort(order.begin(), order.end(),
                  [this](std::size_t a, std::size_t b) { return m_slices[a].key < m_slices[b].key; });
        std::vector<ParameterSlice> slices;
        for (const std::size_t i : order) {
            *m_owners[i] = static_cast<int>(slices.size());
            slices.push_back(std::move(m_slices[i]));
        }
        return slices;
    }

    // Biases and norms get no weight decay (Trainer's get_decay_parameter_names).
    static bool isDecayed(const WeightSlot& slot)
    {
        return slot.kind == WeightSlot::Kind::Matrix && !slot.name.ends_with(".bias");
    }

private:
    void add(ParameterSlice slice, int* owner)
    {
        m_slices.push_back(std::move(slice));
        m_owners.push_back(owner);
    }

    const AdapterPlan& m_plan;
    std::vector<ParameterSlice> m_slices;
    std::vector<int*> m_owners;
};

// N of "pissa_niter_N"; nothing for "pissa".
std::optional<int> roundsOf(const std::string& initialisation)
{
    const auto at = initialisation.rfind('_');
    return at == std::string::npos ? std::nullopt : std::optional(std::stoi(initialisation.substr(at + 1)));
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
    const AdapterPlan plan = planAdapter(loraConfig, decoder, source);
    lora = loraConfig;
    lora->inputMajor = plan.inputMajor;
    targetNames = lens::targetNames(plan, loraConfig, decoder);
    Layout layout(plan);
    modules.resize(plan.modules.size());
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const PlannedModule& planned = plan.modules[i];
        AdaptedModule& module = modules[i];
        module.path = planned.linear->path;
        module.layer = layerOf(module.path);
        module.kind = lastPart(module.path);
        module.rank = planned.rank;
        module.scale = planned.scale;
        module.outFeatures = planned.linear->outFeatures();
        module.inFeatures = planned.linear->inFeatures();
        layout.add(module, static_cast<int>(i), loraConfig.weightDecomposed);
        adapted.push_back(planned.linear);
    }
    replaced.resize(plan.tensors.size());
    for (std::size_t i = 0; i < replaced.size(); ++i)
        layout.add(plan.tensors[i], replaced[i]);
    buffer.emplace(layout.sorted(), device);
    baseNorms.resize(modules.size());
    const at::NoGradGuard guard;
    for (const ReplacedTensor& tensor : replaced)
        matrixOf(tensor.slice).copy_(tensor.original);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        LoraBranch branch;
        branch.a = buffer->parameter(static_cast<std::size_t>(modules[i].sliceA));
        branch.b = buffer->parameter(static_cast<std::size_t>(modules[i].sliceB));
        branch.scale = modules[i].scale;
        branch.dropout = loraConfig.dropout;
        if (loraConfig.weightDecomposed)
            branch.magnitude = buffer->parameter(static_cast<std::size_t>(modules[i].sliceMagnitude));
        adapted[i]->lora = std::move(branch);
    }
}

at::Tensor Model::Parts::valuesOf(int slice)
{
    const ParameterSlice& place = buffer->slices()[static_cast<std::size_t>(slice)];
    return buffer->values().narrow(0, place.offset, place.elements);
}

at::Tensor Model::Parts::matrixOf(int slice)
{
    return valuesOf(slice).view(buffer->slices()[static_cast<std::size_t>(slice)].shape);
}

void Model::Parts::requireChangeableWeights(const std::string& source) const
{
    const auto isQuantised = [](const Linear* linear) { return linear->quantised.has_value(); };
    if (!onlyMerges && std::any_of(adapted.begin(), adapted.end(), isQuantised))
        throw Error("PiSSA changes the weights it begins from, and quantised ones stay as they are", source,
                    "use another start of the adapter, or load the model without quantisation");
}

void Model::Parts::subtractInitial(std::vector<LowRankFactors> factors)
{
    initial = std::move(factors);
    if (onlyMerges)
        return;
    for (std::size_t i = 0; i < modules.size(); ++i) {
        Linear& linear = *adapted[i];
        at::Tensor rest = residual(linear.matrix(), initial[i], modules[i].scale);
        ReplacedTensor entry;
        entry.tensor = &linear.weight;
        entry.original = linear.weight;
        entry.instead = linear.inputMajor ? rest.t().contiguous() : rest;
        replaced.push_back(std::move(entry));
    }
    placeTensors();
}

void Model::Parts::replaceBase(const std::string& path, const at::Tensor& weight)
{
    for (Linear* linear : adapted) {
        if (linear->path != path)
            continue;
        if (linear->quantised)
            throw Error("is a weight of its own, and that of the model is quantised",
                        path + ".base_layer.weight", "load the model without quantisation");
        if (weight.sizes() != linear->weight.sizes())
            throw Error("has another shape than the model's", path + ".base_layer.weight");
        ReplacedTensor entry;
        entry.tensor = &linear->weight;
        entry.original = linear->weight;
        entry.instead = weight.to(device, linear->weight.scalar_type());
        carried.emplace_back(peftPath(path) + ".base_layer.weight", entry.instead);
        replaced.push_back(std::move(entry));
    }
    placeTensors();
}

void Model::Parts::measureRows()
{
    if (!lora->weightDecomposed || onlyMerges)
        return;
    const at::NoGradGuard guard;
    for (Linear* linear : adapted)
        linear->lora->rowSquares = squaredRows(linear->matrix());
}

void Model::Parts::placeTensors()
{
    for (const ReplacedTensor& entry : replaced) {
        if (!adapterActive)
            *entry.tensor = entry.original;
        else if (entry.slice < 0)
            *entry.tensor = entry.instead;
        else
            *entry.tensor =
                buffer->parameter(static_cast<std::size_t>(entry.slice)).to(entry.original.scalar_type());
    }
}

void Model::Parts::extendWeights()
{
    if (onlyMerges || !lora || lora->weightDecomposed)
        return;
    std::vector<const at::Tensor*> trained;
    for (const ReplacedTensor& entry : replaced)
        if (entry.slice >= 0)
            trained.push_back(entry.tensor);
    decoder.extendWeights(trained);
    for (ReplacedTensor& entry : replaced)
        if (entry.slice < 0)
            entry.instead = *entry.tensor;
    if (files)
        files->releasePages();
}

at::Tensor Model::Parts::baseWeight(std::size_t module) const
{
    if (adapted[module]->quantised)
        return adapted[module]->quantised->dequantised(at::kFloat);
    const at::Tensor* weight = &adapted[module]->weight;
    for (const ReplacedTensor& entry : replaced)
        if (entry.tensor == weight)
            return entry.original;
    return *weight;
}

void Model::Parts::trainAll()
{
    requireUntrained();
    if (decoder.isQuantised())
        throw Error("quantised weights cannot be trained themselves", "adapter.method",
                    "set it to lora, or load the model without quantisation");
    std::vector<ParameterSlice> slices;
    for (const WeightSlot& slot : decoder.slots())
        slices.push_back({.key = slot.name, .shape = slot.shape, .decay = Layout::isDecayed(slot)});
    buffer.emplace(std::move(slices), device);
    const at::NoGradGuard guard;
    for (std::size_t i = 0; i < decoder.slots().size(); ++i) {
        at::Tensor& weight = *decoder.slots()[i].tensor;
        matrixOf(static_cast<int>(i)).copy_(weight);
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
    requireAllFound(config, m_parts->decoder, "adapter.target_modules");
    m_parts->attach(config, "adapter.target_modules");
    if (config.isPissa())
        m_parts->requireChangeableWeights("adapter.init_lora_weights");
    const at::NoGradGuard guard;
    // On the CPU whatever the device, so that a seed gives the same adapter everywhere.
    at::Generator random = newGenerator(at::kCPU, seed);
    std::vector<LowRankFactors> factors;
    for (std::size_t i = 0; i < m_parts->modules.size(); ++i) {
        const AdaptedModule& module = m_parts->modules[i];
        if (config.isPissa()) {
            factors.push_back(principalFactors(m_parts->adapted[i]->matrix(), module.rank, module.scale,
                                               roundsOf(config.initialisation), random, module.path));
            m_parts->matrixOf(module.sliceA).copy_(factors.back().a);
            m_parts->matrixOf(module.sliceB).copy_(factors.back().b);
            continue;
        }
        const at::Tensor drawn = at::empty({module.rank * module.inFeatures}, at::kFloat);
        // Kaiming-uniform with a = √5: bound √(6 / ((1 + 5) · in)) = 1 / √in.
        const double bound = 1 / std::sqrt(static_cast<double>(module.inFeatures));
        if (config.initialisation == "gaussian")
            drawn.normal_(0, 1.0 / module.rank, random);
        else
            drawn.uniform_(-bound, bound, random);
        m_parts->valuesOf(module.sliceA).copy_(drawn);
    }
    if (config.isPissa())
        m_parts->subtractInitial(std::move(factors));
    m_parts->measureRows();
    if (config.weightDecomposed)
        for (std::size_t i = 0; i < m_parts->modules.size(); ++i)
            m_parts->valuesOf(m_parts->modules[i].sliceMagnitude)
                .copy_(decomposedNorms(m_parts->adapted[i]->matrix(), *m_parts->adapted[i]->lora));
    m_parts->extendWeights();
}

void Model::attachAdapter(const std::filesystem::path& adapterFolder, double dropout)
{
    const AdapterFile file(adapterFolder);
    LoraConfig config = file.config();
    config.dropout = dropout;
    m_parts->attach(config, adapterFolder.string());
    const at::NoGradGuard guard;
    file.fill(*m_parts->buffer, config.bias);
    for (auto& [path, weight] : file.baseWeights(m_parts->modules))
        m_parts->replaceBase(path, weight);
    if (config.isPissa()) {
        m_parts->requireChangeableWeights(adapterFolder.string());
        std::vector<LowRankFactors> factors;
        at::Generator random = newGenerator(at::kCPU, 0); // not used by the exact way
        for (std::size_t i = 0; i < m_parts->modules.size(); ++i) {
            const AdaptedModule& module = m_parts->modules[i];
            factors.push_back(file.initialFactors(module).value_or(LowRankFactors{}));
            if (!factors.back().a.defined())
                factors.back() = principalFactors(m_parts->adapted[i]->matrix(), module.rank, module.scale,
                                                  std::nullopt, random, module.path);
            factors.back().a = factors.back().a.to(m_parts->device);
            factors.back().b = factors.back().b.to(m_parts->device);
        }
        m_parts->subtractInitial(std::move(factors));
    }
    m_parts->measureRows();
    m_parts->extendWeights();
}

void Model::trainAllWeights()
{
    m_parts->trainAll();
}

std::optional<LowRankFactors> Model::initialFactors(std::size_t module) const
{
    return m_parts->initial.empty() ? std::nullopt : std::optional(m_parts->initial.at(module));
}

} // namespace lens
