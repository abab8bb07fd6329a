// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/family.h"

#include "core/base/error.h"

#include <array>

namespace lens {
namespace {

// Biases, windows, rotary scaling and tied embeddings are in config.json, not here.
constexpr std::array<Family, 3> kFamilies{
    {{"llama", "LlamaForCausalLM"}, {"mistral", "MistralForCausalLM"}, {"qwen2", "Qwen2ForCausalLM"}}};

} // namespace

const Family& familyNamed(const std::string& name)
{
    std::string known;
    for (const Family& family : kFamilies) {
        if (family.name == name)
            return family;
        known += (known.empty() ? "" : ", ") + std::string(family.name);
    }
    throw Error("the decoder does not know the model family " + name, "model_type", "known: " + known);
}

} // namespace lens
