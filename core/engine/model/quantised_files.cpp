// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/quantised_files.h"

#include "core/base/error.h"
#include "core/base/json_fields.h"

#include <ATen/ATen.h>

#include <cmath>
#include <string_view>

namespace lens {
namespace {

constexpr std::string_view kAbsmax = ".absmax";
constexpr std::string_view kQuantMap = ".quant_map";
constexpr std::string_view kNestedAbsmax = ".nested_absmax";
constexpr std::string_view kNestedMap = ".nested_quant_map";
constexpr std::string_view kState = ".quant_state.";
constexpr std::string_view kNf4State = ".quant_state.bitsandbytes__nf4";
constexpr std::size_t kMaxStateBytes = 1u << 16;
constexpr float kLevelTolerance = 1e-6f; // bitsandbytes' own

const TensorEntry* find(const WeightFiles& files, const std::string& name)
{
    const auto found = files.tensors().find(name);
    return found == files.tensors().end() ? nullptr : found->second;
}

const TensorEntry& entry(const WeightFiles& files, const std::string& name, std::string_view part)
{
    const TensorEntry* found = find(files, name + std::string(part));
    if (!found)
        throw Error("is missing beside the quantised weight", name + std::string(part),
                    "the folder is incomplete: fetch it anew");
    return *found;
}

// A tensor as a list of its numbers, of one of the two types that there are.
at::Tensor listOf(const TensorEntry& from, const std::string& where)
{
    if (from.type == DType::U8) {
        auto* bytes = const_cast<std::byte*>(from.bytes.data());
        return at::from_blob(bytes, {static_cast<std::int64_t>(from.bytes.size())},
                             at::TensorOptions(at::kByte));
    }
    if (from.type != DType::F32)
        throw Error("is of type " + std::string(dtypeName(from.type)) + ", NF4 has F32 or U8 there", where);
    return mappedTensor(from, where).view({-1});
}

// Whatever type the codes are said to have (bnb_4bit_quant_storage), they are bytes.
at::Tensor codesOf(const TensorEntry& from)
{
    TensorEntry bytes = from;
    bytes.type = DType::U8;
    return listOf(bytes, {});
}

struct State {
    std::vector<std::int64_t> shape;
    at::ScalarType stored = at::kFloat;
    std::int64_t block = 0;
    std::int64_t nestedBlock = kNf4NestedBlock;
    double offset = 0;
};

at::ScalarType typeNamed(const JsonFields& fields)
{
    const std::string name = fields.requiredText("dtype");
    if (name == "float16")
        return at::kHalf;
    if (name == "bfloat16")
        return at::kBFloat16;
    if (name != "float32" && !name.empty())
        fields.problem("dtype", "found \"" + name + "\", allowed float32, bfloat16, float16");
    return at::kFloat;
}

State readState(const TensorEntry& from, const std::string& where, bool nested)
{
    if (from.type != DType::U8 || from.bytes.size() > kMaxStateBytes)
        throw Error("is no JSON text as bytes", where);
    const Json json = parseJson({reinterpret_cast<const char*>(from.bytes.data()), from.bytes.size()}, where);
    std::vector<Problem> problems;
    const JsonFields fields(json, where, problems);
    State state;
    if (const std::string type = fields.requiredText("quant_type"); type != "nf4" && !type.empty())
        fields.problem("quant_type", "found \"" + type + "\", allowed nf4");
    state.stored = typeNamed(fields);
    state.shape = fields.integerOrList("shape");
    state.block = fields.requiredInteger("blocksize", 1, 1 << 20);
    if (nested) {
        constexpr double kLargest = 3e38;
        state.nestedBlock = fields.requiredInteger("nested_blocksize", 1, 1 << 20);
        state.offset = fields.requiredNumber("nested_offset", -kLargest, kLargest);
    }
    throwIfAny(std::move(problems));
    return state;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "(" + text + ")";
}

void requireLevels(const at::Tensor& map, const std::string& where)
{
    bool same = map.scalar_type() == at::kFloat && map.numel() == 16;
    for (std::int64_t i = 0; same && i < 16; ++i)
        same =
            std::abs(map.data_ptr<float>()[i] - kNf4Levels[static_cast<std::size_t>(i)]) <= kLevelTolerance;
    if (!same)
        throw Error("does not hold the 16 levels of NF4", where);
}

} // namespace

bool isQuantised(const WeightFiles& files, const std::string& name)
{
    const TensorEntry* tensor = find(files, name);
    if (!tensor)
        return false;
    const std::string state = name + std::string(kState);
    const auto next = files.tensors().lower_bound(state);
    return find(files, name + std::string(kAbsmax)) || tensor->type == DType::U8 ||
           tensor->type == DType::I8 || (next != files.tensors().end() && next->first.starts_with(state));
}

std::string weightOfPart(const std::string& name)
{
    for (const std::string_view part : {kAbsmax, kQuantMap, kNestedAbsmax, kNestedMap, kNf4State})
        if (name.ends_with(part))
            return name.substr(0, name.size() - part.size());
    return {};
}

QuantisedWeight readQuantised(const WeightFiles& files, const std::string& name, std::int64_t outFeatures,
                              std::int64_t inFeatures)
{
    if (!find(files, name + std::string(kNf4State)))
        throw Error("is quantised, but not to NF4 by bitsandbytes (it has no quant_state.bitsandbytes__nf4)",
                    name, "use the unquantised model, or one that bitsandbytes quantised to NF4");
    const auto listed = [&](std::string_view part) {
        return listOf(entry(files, name, part), name + std::string(part));
    };
    Nf4Tensors tensors;
    tensors.codes = codesOf(entry(files, name, ""));
    tensors.absmax = listed(kAbsmax);
    requireLevels(listed(kQuantMap), name + std::string(kQuantMap));
    const bool nested = tensors.absmax.scalar_type() == at::kByte;
    if (nested) {
        tensors.nestedAbsmax = listed(kNestedAbsmax);
        tensors.nestedMap = listed(kNestedMap);
    }
    const std::string where = name + std::string(kNf4State);
    const State state = readState(entry(files, name, kNf4State), where, nested);
    if (state.shape != std::vector<std::int64_t>{outFeatures, inFeatures})
        throw Error("has the shape " + shapeText(state.shape) + ", config.json asks for " +
                        shapeText({outFeatures, inFeatures}),
                    where);
    tensors.block = state.block;
    tensors.nestedBlock = state.nestedBlock;
    tensors.offset = static_cast<float>(state.offset);
    return QuantisedWeight(outFeatures, inFeatures, state.stored, std::move(tensors), name);
}

} // namespace lens
