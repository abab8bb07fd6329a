// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_presets.h"

#include <algorithm>

namespace lens {

const std::vector<BenchPreset>& benchPresets()
{
    // The numbers of the config.json that each model is published with (HuggingFaceTB/SmolLM-135M,
    // Qwen/Qwen2.5-0.5B, meta-llama/Llama-3.2-1B).
    static const std::vector<BenchPreset> presets = {
        {"demo", {}},
        {"smollm-135m", R"({"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 49152,
 "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30, "num_attention_heads": 9,
 "num_key_value_heads": 3, "max_position_embeddings": 2048, "rope_theta": 10000.0, "rms_norm_eps": 1e-5,
 "hidden_act": "silu", "initializer_range": 0.02, "tie_word_embeddings": true, "bos_token_id": 0,
 "eos_token_id": 0, "torch_dtype": "bfloat16"})"},
        {"qwen2.5-0.5b", R"({"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"],
 "vocab_size": 151936, "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24,
 "num_attention_heads": 14, "num_key_value_heads": 2, "max_position_embeddings": 32768,
 "rope_theta": 1000000.0, "rms_norm_eps": 1e-6, "hidden_act": "silu", "initializer_range": 0.02,
 "tie_word_embeddings": true, "bos_token_id": 151643, "eos_token_id": 151643, "torch_dtype": "bfloat16"})"},
        {"llama-1b", R"({"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 128256,
 "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16, "num_attention_heads": 32,
 "num_key_value_heads": 8, "head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 500000.0,
 "rope_scaling": {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
 "original_max_position_embeddings": 8192}, "rms_norm_eps": 1e-5, "hidden_act": "silu",
 "initializer_range": 0.02, "tie_word_embeddings": true, "bos_token_id": 128000, "eos_token_id": 128001,
 "torch_dtype": "bfloat16"})"}};
    return presets;
}

const BenchPreset* benchPreset(std::string_view name)
{
    const auto& presets = benchPresets();
    const auto found = std::find_if(presets.begin(), presets.end(),
                                    [&](const BenchPreset& preset) { return preset.name == name; });
    return found == presets.end() ? nullptr : &*found;
}

} // namespace lens
