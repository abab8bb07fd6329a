// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Weights that bitsandbytes quantised to NF4, in safetensors as transformers writes them. Beside X.weight
// (codes, two a byte) lie X.weight.absmax, .quant_map and .quant_state.bitsandbytes__nf4 (JSON text as bytes:
// quant_type, blocksize, dtype, shape), and with double quantisation .nested_absmax and .nested_quant_map,
// and nested_blocksize, nested_dtype and nested_offset in the JSON.
#pragma once

#include "core/engine/model/quantised_weight.h"
#include "core/engine/model/weight_files.h"

#include <cstdint>
#include <string>

namespace lens {

// Whether the tensor of that name is quantised, in whatever way.
bool isQuantised(const WeightFiles& files, const std::string& name);

// "X.weight" of "X.weight.absmax" and whatever else lies beside a quantised weight; else empty.
std::string weightOfPart(const std::string& name);

// The weight of that name, (out, in); its codes are a view of the mapped file. Throws Error if something is
// missing or does not fit, and for what is quantised in another way.
QuantisedWeight readQuantised(const WeightFiles& files, const std::string& name, std::int64_t outFeatures,
                              std::int64_t inFeatures);

} // namespace lens
