// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Base and adapter as one model folder. The weights are read from the base's mapped files and written one by
// one: in memory there is one tensor and its float32 form.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/engine/model/adapter_plan.h"
#include "core/engine/model/model_parts.h"
#include "core/engine/model/quantised_files.h"
#include "core/engine/model/tensor_list.h"
#include "core/model_files/companion_files.h"
#include "core/model_files/weight_index.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdio>

namespace lens {
namespace {

std::optional<at::ScalarType> chosenType(StorageType type)
{
    switch (type) {
    case StorageType::Float32:
        return at::kFloat;
    case StorageType::BFloat16:
        return at::kBFloat16;
    case StorageType::Auto:
        break;
    }
    return std::nullopt;
}

// The tensors of the merged model and how each is made.
class MergedTensors {
public:
    // `head`: the head of a tied model gets a tensor of its own.
    MergedTensors(Model::Parts& parts, std::optional<at::ScalarType> type) : m_parts(parts), m_type(type)
    {
        const Linear& head = parts.decoder.head();
        m_headTensor = &head.weight;
        for (const Linear* linear : parts.decoder.linears())
            m_linears[&linear->weight] = linear;
        m_embeddingName = std::string(parts.decoder.family().names.embedding) + ".weight";
        for (const WeightSlot& slot : slotsWithHead(parts.decoder)) {
            const bool isTied = parts.config.tiedEmbeddings && slot.tensor == m_headTensor;
            if (!isTied || unties())
                m_slots.push_back(slot);
        }
        std::sort(m_slots.begin(), m_slots.end(),
                  [](const WeightSlot& a, const WeightSlot& b) { return a.name < b.name; });
    }

    // Whether head and embedding, one tensor before, are two now.
    bool unties() const
    {
        if (!m_parts.config.tiedEmbeddings)
            return false;
        const auto isChanged = [this](const WeightSlot& slot) {
            return (slot.tensor == m_headTensor || slot.name == m_embeddingName) &&
                   (replacementOf(slot) || moduleOf(slot));
        };
        const auto slots = slotsWithHead(m_parts.decoder);
        return std::any_of(slots.begin(), slots.end(), isChanged);
    }

    std::vector<TensorForm> forms() const
    {
        std::vector<TensorForm> forms;
        for (const WeightSlot& slot : m_slots)
            forms.push_back({slot.name, typeOf(slot), slot.shape});
        return forms;
    }

    // In the type of its form, contiguous.
    at::Tensor made(std::size_t index) const
    {
        const at::NoGradGuard guard;
        const WeightSlot& slot = m_slots[index];
        at::Tensor value = stored(slot);
        const at::ScalarType type = m_type.value_or(storedType(slot));
        if (const ReplacedTensor* replaced = replacementOf(slot))
            value = replaced->slice < 0 ? replaced->instead : m_parts.matrixOf(replaced->slice);
        if (const auto module = moduleOf(slot))
            value = merged(value.cpu(), *module);
        return value.cpu().to(type).contiguous();
    }

private:
    const std::string& nameOf(const WeightSlot& slot) const
    {
        const bool isTied = m_parts.config.tiedEmbeddings && slot.tensor == m_headTensor;
        return isTied ? m_embeddingName : slot.name;
    }

    // The weight in 4 bits that the model computes with, or that stands for another tensor in the files.
    std::optional<QuantisedWeight> quantised(const WeightSlot& slot) const
    {
        const auto linear = m_linears.find(slot.tensor);
        if (linear != m_linears.end() && linear->second->quantised)
            return linear->second->quantised;
        if (slot.shape.size() != 2 || !isQuantised(*m_parts.files, nameOf(slot)))
            return std::nullopt;
        return readQuantised(*m_parts.files, nameOf(slot), slot.shape[0], slot.shape[1]);
    }

    // As the module's weight lies.
    at::Tensor stored(const WeightSlot& slot) const
    {
        const auto weight = quantised(slot);
        if (!weight)
            return mappedTensor(*m_parts.files->tensors().at(nameOf(slot)), slot.name);
        const auto linear = m_linears.find(slot.tensor);
        const bool turned = linear != m_linears.end() && linear->second->inputMajor;
        const at::Tensor matrix = weight->dequantised(at::kFloat);
        return turned ? matrix.t() : matrix;
    }

    at::ScalarType storedType(const WeightSlot& slot) const
    {
        const auto weight = quantised(slot);
        return weight ? weight->storedType()
                      : scalarTypeOf(m_parts.files->tensors().at(nameOf(slot))->type, slot.name);
    }

    DType typeOf(const WeightSlot& slot) const
    {
        return dtypeOfTensor(at::empty({0}, m_type.value_or(storedType(slot))));
    }

    // What PiSSA left of a weight is no replacement here: its adapter is merged into the weight as it was.
    const ReplacedTensor* replacementOf(const WeightSlot& slot) const
    {
        for (const ReplacedTensor& replaced : m_parts.replaced)
            if (replaced.tensor == slot.tensor && (replaced.slice >= 0 || m_parts.initial.empty()))
                return &replaced;
        return nullptr;
    }

    std::optional<std::size_t> moduleOf(const WeightSlot& slot) const
    {
        for (std::size_t i = 0; i < m_parts.adapted.size(); ++i)
            if (&m_parts.adapted[i]->weight == slot.tensor)
                return i;
        return std::nullopt;
    }

    // W + s(BA − B₀A₀), with DoRA m ∘ that / ‖its rows‖; as the module's weight lies.
    at::Tensor merged(const at::Tensor& weight, std::size_t index) const
    {
        const AdaptedModule& module = m_parts.modules[index];
        const bool inputMajor = m_parts.adapted[index]->inputMajor;
        at::Tensor whole = (inputMajor ? weight.t() : weight).to(at::kFloat);
        whole = at::addmm(whole, m_parts.matrixOf(module.sliceB).cpu(), m_parts.matrixOf(module.sliceA).cpu(),
                          1, module.scale);
        if (!m_parts.initial.empty())
            whole.addmm_(m_parts.initial[index].b.cpu(), m_parts.initial[index].a.cpu(), 1, -module.scale);
        if (module.sliceMagnitude >= 0) {
            const at::Tensor norms = whole.square().sum(1, true, at::kDouble).sqrt_().to(at::kFloat);
            whole.mul_(m_parts.matrixOf(module.sliceMagnitude).cpu().unsqueeze(1).div(norms));
        }
        return inputMajor ? whole.t() : whole;
    }

    Model::Parts& m_parts;
    std::optional<at::ScalarType> m_type;
    const at::Tensor* m_headTensor = nullptr;
    std::map<const at::Tensor*, const Linear*> m_linears;
    std::string m_embeddingName;
    std::vector<WeightSlot> m_slots;
};

// Index of the first tensor of each file, by transformers' rule: a file is full when the next tensor would
// make it larger than the bound.
std::vector<std::size_t> shardBegins(const std::vector<TensorForm>& forms, std::uint64_t most)
{
    std::vector<std::size_t> begins{0};
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        if (bytes > 0 && bytes + forms[i].byteCount() > most) {
            begins.push_back(i);
            bytes = 0;
        }
        bytes += forms[i].byteCount();
    }
    return begins;
}

std::string shardName(std::size_t index, std::size_t count)
{
    char name[64];
    std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", index + 1, count);
    return count == 1 ? std::string(kWeightsFile) : std::string(name);
}

void writeWeights(const std::filesystem::path& folder, const MergedTensors& tensors, std::uint64_t shardBytes)
{
    const std::vector<TensorForm> forms = tensors.forms();
    const std::vector<std::size_t> begins = shardBegins(forms, shardBytes);
    Json map = Json::object();
    std::uint64_t total = 0;
    for (std::size_t shard = 0; shard < begins.size(); ++shard) {
        const std::size_t end = shard + 1 < begins.size() ? begins[shard + 1] : forms.size();
        const std::string name = shardName(shard, begins.size());
        const auto at = [&](std::size_t i) { return forms.begin() + static_cast<std::ptrdiff_t>(i); };
        SafetensorsStream stream(folder / name, {at(begins[shard]), at(end)}, {{"format", "pt"}});
        for (std::size_t i = begins[shard]; i < end; ++i) {
            const at::Tensor tensor = tensors.made(i);
            stream.write({static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()});
            map[forms[i].name] = name;
            total += forms[i].byteCount();
        }
        stream.commit();
    }
    if (begins.size() > 1)
        writeFileAtomically(folder / kWeightsIndexFile,
                            toJsonText({{"metadata", {{"total_size", total}}}, {"weight_map", map}}));
}

// The base's config.json, with what merging changed.
Json mergedConfig(Json config, bool unties, StorageType dtype)
{
    if (unties)
        config["tie_word_embeddings"] = false;
    config.erase("quantization_config");
    if (dtype != StorageType::Auto)
        config[config.contains("dtype") ? "dtype" : "torch_dtype"] =
            dtype == StorageType::Float32 ? "float32" : "bfloat16";
    return config;
}

void requireFree(const std::filesystem::path& folder)
{
    std::error_code code;
    if (std::filesystem::exists(folder, code) &&
        !(std::filesystem::is_directory(folder, code) && std::filesystem::is_empty(folder, code)))
        throw Error("is there already", folder.string(), "choose another folder, or remove it first");
}

// A folder under another name beside its own until it is whole.
class FolderDraft {
public:
    explicit FolderDraft(std::filesystem::path target)
        : m_target(std::move(target))
        , m_folder(m_target.string() + ".tmp-" + randomHex(4))
    {
        makeFolder(m_folder);
    }
    ~FolderDraft()
    {
        std::error_code code;
        std::filesystem::remove_all(m_folder, code);
    }
    FolderDraft(const FolderDraft&) = delete;
    FolderDraft& operator=(const FolderDraft&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }

    void publish()
    {
        syncPath(m_folder);
        if (std::rename(m_folder.c_str(), m_target.c_str()) != 0)
            throw systemError("cannot rename into place", m_target.string(), errno);
        syncPath(m_target.parent_path());
    }

private:
    std::filesystem::path m_target;
    std::filesystem::path m_folder;
};

// As most numbers are stored: those weights are views of the mapped files.
at::ScalarType storedType(const WeightFiles& files)
{
    std::map<at::ScalarType, std::size_t> bytes;
    for (const auto& [name, entry] : files.tensors())
        if (entry->type != DType::U8) // codes of quantised weights
            bytes[scalarTypeOf(entry->type, name)] += entry->bytes.size();
    const auto most = std::max_element(bytes.begin(), bytes.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == bytes.end() ? at::kFloat : most->first;
}

Model openForMerging(const std::filesystem::path& folder)
{
    auto files = std::make_unique<WeightFiles>(folder);
    const at::ScalarType type = storedType(*files);
    auto parts = std::make_unique<Model::Parts>(readModelConfig(folder), readJsonFile(folder / "config.json"),
                                                at::Device(at::kCPU), type);
    parts->onlyMerges = true;
    parts->fillFromFiles(std::move(files), {});
    return Model(std::move(parts));
}

} // namespace

void Model::saveMerged(const std::filesystem::path& folder, const MergeOptions& options) const
{
    if (!m_parts->lora)
        throw Error("there is no adapter to merge", "model");
    if (!m_parts->files)
        throw Error("the base model was not read from files", "model");
    const auto target = std::filesystem::absolute(folder).lexically_normal();
    const auto named = target.has_filename() ? target : target.parent_path();
    requireFree(named);
    FolderDraft draft(named);
    const MergedTensors tensors(*m_parts, chosenType(options.dtype));
    writeWeights(draft.folder(), tensors, std::max<std::uint64_t>(1, options.shardBytes));
    writeFileAtomically(draft.folder() / "config.json",
                        toJsonText(mergedConfig(m_parts->configJson, tensors.unties(), options.dtype)));
    if (!options.companions.empty())
        copyCompanionFiles(options.companions, draft.folder());
    draft.publish();
}

void mergeAdapter(const std::filesystem::path& modelFolder, const std::filesystem::path& adapterFolder,
                  const std::filesystem::path& folder, MergeOptions options)
{
    requireFree(folder);
    Model model = openForMerging(modelFolder);
    model.attachAdapter(adapterFolder, 0);
    if (options.companions.empty())
        options.companions = modelFolder;
    model.saveMerged(folder, options);
}

} // namespace lens
