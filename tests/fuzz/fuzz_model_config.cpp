// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// config.json of a model folder, in both layouts of transformers.
#include "core/base/json.h"
#include "core/model_files/model_config.h"
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
        const auto config = lens::parseModelConfig(lens::parseJson(text, "config.json"), "config.json");
        lens::fuzz::require(config.layers > 0 && config.heads > 0 && config.headDim > 0,
                            "an accepted model has layers and heads");
        lens::fuzz::require(config.windowedLayers.size() == static_cast<std::size_t>(config.layers),
                            "windowedLayers has an entry a layer");
    });
}
