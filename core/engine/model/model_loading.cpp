// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Weights of a model: from files, or random.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/model/quantised_files.h"
#include "core/engine/model/weight_type.h"
#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace lens {
namespace {

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return std::string("(") + text + ")";
}

bool isStoredAsBFloat16(const WeightFiles& files)
{
    return std::any_of(files.tensors().begin(), files.tensors().end(),
                       [](const auto& item) { return item.second->type == DType::BF16; });
}

std::string headName(const Family& family)
{
    return std::string(family.names.head) + ".weight";
}

// Buffers that older versions of transformers saved along, and the copy of a tied head.
bool mayBeIgnored(const std::string& name, const Family& family, bool tied)
{
    const auto isEndOfName = [&name](std::string_view end) { return !end.empty() && name.ends_with(end); };
    return name.ends_with(".rotary_emb.inv_freq") || (tied && name == headName(family)) ||
           std::any_of(family.ignored.begin(), family.ignored.end(), isEndOfName);
}

// A head beside the embedding that it is said to share says that one of the two statements is wrong
// (transformers 4 drops the head then, 5 keeps it).
void requireSameHead(const WeightFiles& files, const Family& family)
{
    const auto head = files.tensors().find(headName(family));
    const auto embedding = files.tensors().find(std::string(family.names.embedding) + ".weight");
    if (head == files.tensors().end() || embedding == files.tensors().end())
        return;
    const TensorEntry& a = *head->second;
    const TensorEntry& b = *embedding->second;
    if (a.type != b.type || a.shape != b.shape ||
        !std::equal(a.bytes.begin(), a.bytes.end(), b.bytes.begin()))
        throw Error("differs from " + embedding->first + ", though config.json ties the two", head->first,
                    "set tie_word_embeddings to false, or leave the tensor out");
}

bool isMatrix(const WeightSlot& slot)
{
    return slot.kind == WeightSlot::Kind::Matrix && slot.shape.size() == 2;
}

// Every missing, misshapen and extra tensor.
void requireSameTensors(const std::vector<WeightSlot>& slots, const WeightFiles& files, const Family& family,
                        bool tied)
{
    std::vector<Problem> problems;
    std::set<std::string> wanted;
    std::set<std::string> quantised;
    for (const WeightSlot& slot : slots) {
        wanted.insert(slot.name);
        const auto found = files.tensors().find(slot.name);
        if (found == files.tensors().end())
            problems.push_back({"is missing in the model's files", slot.name, {}});
        else if (isMatrix(slot) && isQuantised(files, slot.name))
            quantised.insert(slot.name); // readQuantised() checks the rest
        else if (found->second->shape != slot.shape)
            problems.push_back({"has the shape " + shapeText(found->second->shape) +
                                    ", config.json asks for " + shapeText(slot.shape),
                                slot.name,
                                {}});
    }
    for (const auto& [name, entry] : files.tensors())
        if (!wanted.contains(name) && !mayBeIgnored(name, family, tied) &&
            !quantised.contains(weightOfPart(name)))
            problems.push_back({"is in the model's files but not known to this family", name, {}});
    throwIfAny(std::move(problems));
}

// The same numbers in every type: drawn in float32, a piece at a time (ATen draws bfloat16 one by one).
void drawNormal(at::Tensor& weight, double deviation, at::Generator& random)
{
    constexpr std::int64_t kAtOnce = std::int64_t{1} << 20; // a multiple of the 16 that ATen draws together
    if (weight.scalar_type() == at::kFloat) {
        weight.normal_(0, deviation, random);
        return;
    }
    const at::Tensor flat = weight.view({-1});
    for (const at::Tensor& piece : flat.split(kAtOnce))
        piece.copy_(at::empty(piece.sizes(), at::kFloat).normal_(0, deviation, random));
}

// Puts weights where they belong, quantised or not.
class Filler {
public:
    Filler(Model::Parts& parts, WeightQuantisation quantisation)
        : m_parts(parts)
        , m_quantisation(quantisation)
    {
        for (Linear* linear : parts.decoder.linears())
            if (linear != &parts.decoder.head())
                m_linears[&linear->weight] = linear;
    }

    void fill(const WeightSlot& slot) const
    {
        const TensorEntry& entry = *m_parts.files->tensors().at(slot.name);
        const auto found = m_linears.find(slot.tensor);
        Linear* linear = found == m_linears.end() ? nullptr : found->second;
        if (isMatrix(slot) && isQuantised(*m_parts.files, slot.name))
            fillStored(slot, linear);
        else if (linear && m_quantisation.kind == Quantisation::Nf4)
            quantise(entry, slot, *linear);
        else
            *slot.tensor = mappedTensor(entry, slot.name).to(m_parts.device, m_parts.type);
    }

private:
    // Only the modules of the layers are computed with quantised weights.
    void fillStored(const WeightSlot& slot, Linear* linear) const
    {
        // Whatever the order of the family, bitsandbytes quantised (out, in).
        const bool turned = linear && linear->inputMajor;
        const QuantisedWeight weight =
            readQuantised(*m_parts.files, slot.name, slot.shape[turned ? 1 : 0], slot.shape[turned ? 0 : 1])
                .to(m_parts.device);
        if (linear)
            keep(weight, *linear);
        else
            *slot.tensor = weight.dequantised(m_parts.type);
    }

    void quantise(const TensorEntry& entry, const WeightSlot& slot, Linear& linear) const
    {
        const at::Tensor stored = mappedTensor(entry, slot.name);
        keep(QuantisedWeight::of(linear.inputMajor ? stored.t() : stored, m_quantisation.nested,
                                 m_parts.device, slot.name),
             linear);
        dropPages(entry.bytes);
    }

    void keep(QuantisedWeight weight, Linear& linear) const
    {
        linear.quantised = std::move(weight);
        linear.quantisedType = m_parts.type;
    }

    Model::Parts& m_parts;
    WeightQuantisation m_quantisation;
    std::map<const at::Tensor*, Linear*> m_linears;
};

} // namespace

void Model::Parts::fillFromFiles(std::unique_ptr<WeightFiles> weights,
                                 const std::function<void(double)>& progress, WeightQuantisation quantisation)
{
    files = std::move(weights);
    files->completeNames(decoder.family().names);
    requireSameTensors(decoder.slots(), *files, decoder.family(), config.tiedEmbeddings);
    if (config.tiedEmbeddings)
        requireSameHead(*files, decoder.family());
    std::size_t total = 1;
    for (const WeightSlot& slot : decoder.slots())
        total += files->tensors().at(slot.name)->bytes.size();
    std::size_t done = 0;
    const Filler filler(*this, quantisation);
    for (const WeightSlot& slot : decoder.slots()) {
        filler.fill(slot);
        done += files->tensors().at(slot.name)->bytes.size();
        if (progress)
            progress(static_cast<double>(done) / static_cast<double>(total));
    }
    decoder.tieHead();
    if (progress)
        progress(1);
}

void Model::Parts::fillRandom(std::uint64_t seed)
{
    // On the CPU whatever the device, so that a seed gives the same weights everywhere.
    at::Generator random = newGenerator(at::kCPU, seed);
    const Family& family = decoder.family();
    const double layers = static_cast<double>(config.layers);
    const auto deviationOf = [&](const std::string& name) {
        const bool adds = name.ends_with(std::string(family.names.output) + ".weight") ||
                          name.ends_with(std::string(family.names.down) + ".weight");
        return config.initializerRange / (family.scaledOutputInit && adds ? std::sqrt(2 * layers) : 1);
    };
    for (const WeightSlot& slot : decoder.slots()) {
        at::Tensor weight = at::empty(slot.shape, type);
        if (slot.kind == WeightSlot::Kind::Matrix)
            drawNormal(weight, deviationOf(slot.name), random);
        else
            weight.fill_(slot.kind == WeightSlot::Kind::Norm && family.norm != NormKind::RmsOnePlus ? 1 : 0);
        if (slot.name == std::string(family.names.embedding) + ".weight" && decoder.paddingRow() >= 0)
            weight[decoder.paddingRow()].zero_();
        *slot.tensor = weight.to(device);
    }
    decoder.tieHead();
}

Model Model::load(const std::filesystem::path& folder, StorageType dtype, at::Device device,
                  const std::function<void(double)>& progress, WeightQuantisation quantisation)
{
    const ModelConfig config = readModelConfig(folder);
    auto files = std::make_unique<WeightFiles>(folder);
    const at::ScalarType type = weightType(dtype, isStoredAsBFloat16(*files), config, device);
    auto parts = std::make_unique<Parts>(config, readJsonFile(folder / "config.json"), device, type);
    parts->fillFromFiles(std::move(files), progress, quantisation);
    return Model(std::move(parts));
}

Model Model::initialise(const std::filesystem::path& configFile, std::uint64_t seed, at::Device device,
                        StorageType dtype)
{
    const ModelConfig config = readModelConfig(configFile);
    const auto file = std::filesystem::is_directory(configFile) ? configFile / "config.json" : configFile;
    const at::ScalarType type = weightType(dtype, config.dtype == "bfloat16", config, device);
    auto parts = std::make_unique<Parts>(config, readJsonFile(file), device, type);
    parts->fillRandom(seed);
    return Model(std::move(parts));
}

} // namespace lens
