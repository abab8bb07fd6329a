// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What was trained, written as PEFT or transformers write it.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/engine/model/family.h"
#include "core/engine/model/model_parts.h"

#include <ATen/ATen.h>

#include <set>

namespace lens {
namespace {

void writeBuffer(const std::filesystem::path& path, const ParameterBuffer& buffer)
{
    const at::Tensor values = buffer.values().cpu();
    const auto* begin = static_cast<const std::byte*>(values.data_ptr());
    std::vector<TensorToWrite> tensors;
    for (const ParameterSlice& slice : buffer.slices())
        tensors.push_back({slice.key,
                           DType::F32,
                           slice.shape,
                           {begin + slice.offset * 4, static_cast<std::size_t>(slice.elements) * 4}});
    writeSafetensors(path, tensors, {{"format", "pt"}});
}

// The model's own config.json, with what training changed.
Json configOfTrained(Json config, const std::string& family)
{
    config[config.contains("dtype") ? "dtype" : "torch_dtype"] = "float32";
    if (!config.contains("architectures"))
        config["architectures"] = {familyNamed(family).architecture};
    return config;
}

} // namespace

void Model::saveTrained(const std::filesystem::path& folder, const std::string& baseModel) const
{
    const ParameterBuffer& buffer = parameters();
    makeFolder(folder);
    if (!m_parts->lora) {
        writeBuffer(folder / "model.safetensors", buffer);
        writeFileAtomically(folder / "config.json",
                            toJsonText(configOfTrained(m_parts->configJson, m_parts->config.family)));
        return;
    }
    std::set<std::string> kinds;
    for (const AdaptedModule& module : m_parts->modules)
        kinds.insert(module.kind);
    const std::vector<std::string> all(kinds.begin(), kinds.end());
    const LoraConfig& lora = *m_parts->lora;
    writeBuffer(folder / "adapter_model.safetensors", buffer);
    writeFileAtomically(folder / "adapter_config.json",
                        toJsonText(peftJson(lora, lora.targets.empty() ? all : lora.targets, baseModel)));
}

} // namespace lens
