// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// adapter_config.json of PEFT.
#include "core/base/json.h"
#include "core/model_files/lora_config.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    return lens::fuzz::mutateJson(bytes, size, maxSize, seed, '\0');
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, [](std::string_view text) {
        const auto config =
            lens::parseLoraConfig(lens::parseJson(text, "adapter_config.json"), "adapter_config.json");
        lens::fuzz::require(config.r > 0, "an accepted adapter has a rank");
        lens::toJsonText(lens::peftJson(config, config.targets, "base"));
    });
}
