// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/run_parts.h"

#include "core/base/error.h"
#include "core/model_files/model_config.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <algorithm>

namespace lens {
namespace {

bool hasWeights(const std::filesystem::path& folder)
{
    std::error_code code;
    return std::filesystem::exists(folder / "model.safetensors", code) ||
           std::filesystem::exists(folder / "model.safetensors.index.json", code);
}

Model loadBase(const RunConfig& config, const std::filesystem::path& folder, ProgressSink& progress)
{
    const at::Device device = chooseDevice(config.model.device);
    if (config.adapter.method == Method::Full && !hasWeights(folder)) {
        progress.note("the model folder has no weights: starting from random ones");
        return Model::initialise(folder / "config.json", config.training.seed, device);
    }
    const StorageType dtype =
        config.adapter.method == Method::Full ? StorageType::Float32 : config.model.dtype;
    return Model::load(folder, dtype, device,
                       [&](double fraction) { progress.preparing("reading the model", fraction); },
                       {config.model.quantisation, config.model.doubleQuantisation});
}

} // namespace

at::Device chooseDevice(const std::string& name)
{
    const bool hasGpu = at::globalContext().hasCUDA();
    if (name.empty() || name == "auto")
        return hasGpu ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
    if (name == "cpu")
        return at::Device(at::kCPU);
    if (!hasGpu)
        throw Error("this LibTorch finds no CUDA device", "model.device", "use cpu");
    try {
        return at::Device(name);
    } catch (const c10::Error&) {
        throw Error("is no device: " + name, "model.device", "cpu, auto or cuda:N");
    }
}

int chooseThreads(int threads)
{
    if (threads > 0)
        at::set_num_threads(threads);
    return at::get_num_threads();
}

std::optional<Tokenizer> loadTokenizer(const std::filesystem::path& modelFolder)
{
    std::error_code code;
    if (!std::filesystem::exists(modelFolder / "tokenizer.json", code) &&
        !std::filesystem::exists(modelFolder / "tokenizer.model", code))
        return std::nullopt;
    return Tokenizer::load(modelFolder);
}

StorageType weightTypeOf(const RunConfig& config, const std::optional<RunRecord>& record)
{
    if (config.model.dtype != StorageType::Auto || !record)
        return config.model.dtype;
    const std::string& storage = record->model.storage; // "bfloat16", "nf4 and bfloat16"; empty: not known
    if (storage.ends_with("bfloat16"))
        return StorageType::BFloat16;
    return storage.ends_with("float32") ? StorageType::Float32 : StorageType::Auto;
}

Model loadTrainedModel(const RunConfig& config, const std::optional<std::filesystem::path>& checkpoint,
                       ProgressSink& progress)
{
    const AdapterSettings& adapter = config.adapter;
    if (adapter.method == Method::Full) {
        Model model = loadBase(config, checkpoint.value_or(config.model.path), progress);
        model.trainAllWeights();
        return model;
    }
    Model model = loadBase(config, config.model.path, progress);
    if (checkpoint)
        model.attachAdapter(*checkpoint, adapter.loraDropout);
    else if (!adapter.startFrom.empty())
        model.attachAdapter(adapter.startFrom, adapter.loraDropout);
    else
        model.attachLora(adapter, config.training.seed);
    return model;
}

Dataset loadRows(const RunConfig& config, const Tokenizer* tokenizer, ProgressSink& progress,
                 const std::function<bool()>& goOn)
{
    return loadDataset(config.data, tokenizer, config.training.seed, [&](std::uint64_t, double fraction) {
        progress.preparing("reading the data", fraction);
        return !goOn || goOn();
    });
}

void requireFittingRows(const Dataset& data, const Model& model)
{
    if (data.largestId >= model.vocabularySize())
        throw Error("holds token id " + std::to_string(data.largestId) + ", the model has " +
                        std::to_string(model.vocabularySize()) + " ids",
                    "data.train_file", "the data was made with another tokenizer");
    std::size_t longest = 0;
    for (const auto* rows : {&data.train, &data.evaluation})
        for (const TokenRow& row : *rows)
            longest = std::max(longest, row.ids.size());
    const auto limit = model.positionLimit();
    if (limit && static_cast<std::int64_t>(longest) > *limit)
        throw Error("a row has " + std::to_string(longest) +
                        " tokens, the model's learned positions end at " + std::to_string(*limit),
                    "data.max_length", "set it to " + std::to_string(*limit) + " or less");
}

Sampler makeSampler(const std::filesystem::path& modelFolder, const Tokenizer* tokenizer,
                    const PromptForm& form)
{
    std::vector<std::int64_t> stopIds;
    if (tokenizer) {
        stopIds = readStopIds(modelFolder, readModelConfig(modelFolder));
        for (const TokenId id : answerEnds(form.format, *tokenizer, form.chatTemplate))
            stopIds.push_back(id);
    }
    return Sampler(tokenizer, form, std::move(stopIds));
}

} // namespace lens
