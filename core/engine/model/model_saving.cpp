// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What was trained, written as PEFT or transformers write it.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/engine/model/adapter_file.h"
#include "core/engine/model/family.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/model/tensor_list.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numbers>

namespace lens {
namespace {

TensorList listOf(const ParameterBuffer& buffer)
{
    const at::Tensor values = buffer.values().detach().cpu();
    TensorList list;
    for (const ParameterSlice& slice : buffer.slices())
        list.add(slice.key, values.narrow(0, slice.offset, slice.elements).view(slice.shape));
    return list;
}

// The model's own config.json, with what training changed.
Json configOfTrained(Json config, const std::string& family)
{
    config[config.contains("dtype") ? "dtype" : "torch_dtype"] = "float32";
    if (!config.contains("architectures"))
        config["architectures"] = {familyNamed(family).architecture};
    return config;
}

// s(BA − B₀A₀) = s' B'A' with A' = [A; A₀] and B' = [B, −B₀], of twice the rank: α' = 2α keeps s = α/r, α' =
// √2 α keeps s = α/√r. As PEFT's path_initial_model_for_weight_conversion does it.
LoraConfig convertedConfig(LoraConfig config)
{
    const double alphaFactor = config.rankStabilised ? std::numbers::sqrt2 : 2;
    config.r *= 2;
    config.alpha *= alphaFactor;
    for (auto& [expression, rank] : config.rankPattern)
        rank *= 2;
    for (auto& [expression, alpha] : config.alphaPattern)
        alpha *= alphaFactor;
    config.initialisation = LoraConfig::kPlainStart;
    return config;
}

TensorList convertedTensors(const ParameterBuffer& buffer, const std::vector<LowRankFactors>& initial)
{
    const at::Tensor values = buffer.values().detach().cpu();
    TensorList list;
    for (const ParameterSlice& slice : buffer.slices()) {
        at::Tensor value = values.narrow(0, slice.offset, slice.elements).view(slice.shape);
        if (slice.module >= 0 && slice.shape.size() == 2) {
            const LowRankFactors& first = initial[static_cast<std::size_t>(slice.module)];
            value = slice.isB ? at::cat({value, first.b.cpu().neg()}, 1) : at::cat({value, first.a.cpu()}, 0);
        }
        list.add(slice.key, value);
    }
    return list;
}

TensorList initialTensors(const ParameterBuffer& buffer, const std::vector<LowRankFactors>& initial)
{
    TensorList list;
    for (const ParameterSlice& slice : buffer.slices()) {
        if (slice.module < 0 || slice.shape.size() != 2)
            continue;
        const LowRankFactors& first = initial[static_cast<std::size_t>(slice.module)];
        list.add(slice.key, slice.isB ? first.b : first.a);
    }
    return list;
}

void writeConfig(const std::filesystem::path& path, const LoraConfig& config,
                 const std::vector<std::string>& targets, const std::string& baseModel)
{
    writeFileAtomically(path, toJsonText(peftJson(config, targets, baseModel)));
}

} // namespace

void Model::saveTrained(const std::filesystem::path& folder, const std::string& baseModel) const
{
    const ParameterBuffer& buffer = parameters();
    makeFolder(folder);
    if (!m_parts->lora) {
        listOf(buffer).write(folder / "model.safetensors");
        writeFileAtomically(folder / "config.json",
                            toJsonText(configOfTrained(m_parts->configJson, m_parts->config.family)));
        return;
    }
    const bool isPissa = !m_parts->initial.empty();
    LoraConfig config = *m_parts->lora;
    const std::vector<std::string>& targets = config.targets.empty() ? m_parts->targetNames : config.targets;
    TensorList tensors = isPissa ? convertedTensors(buffer, m_parts->initial) : listOf(buffer);
    for (const auto& [key, tensor] : m_parts->carried)
        tensors.add(key, tensor);
    tensors.write(folder / "adapter_model.safetensors");
    writeConfig(folder / "adapter_config.json", isPissa ? convertedConfig(config) : config, targets,
                baseModel);
    if (!isPissa)
        return;
    config.initialisation = "pissa"; // however it was found: the factors are there
    initialTensors(buffer, m_parts->initial).write(folder / kInitialAdapterWeights);
    writeConfig(folder / kInitialAdapterConfig, config, targets, baseModel);
}

} // namespace lens
