// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/checkpoint_files.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_draft.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/model_files/companion_files.h"
#include "core/safetensors/safetensors.h"

#include <ATen/Functions.h>

#include <cstring>

namespace lens {
namespace {

std::span<const std::byte> bytesOf(const at::Tensor& tensor)
{
    return {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()};
}

// One tensor of the file for every slice of a flat vector on the CPU.
void addSlices(std::vector<TensorToWrite>& list, const std::string& prefix, const ParameterBuffer& parameters,
               const at::Tensor& flat)
{
    const std::span<const std::byte> bytes = bytesOf(flat);
    for (const ParameterSlice& slice : parameters.slices())
        list.push_back({prefix + slice.key, DType::F32, slice.shape,
                        bytes.subspan(static_cast<std::size_t>(slice.offset) * sizeof(float),
                                      static_cast<std::size_t>(slice.elements) * sizeof(float))});
}

void writeOptimizer(const std::filesystem::path& path, const ParameterBuffer& parameters,
                    const AdamW& optimizer)
{
    const at::Tensor first = optimizer.firstMoment().cpu();
    const at::Tensor second = optimizer.secondMoment().cpu();
    const std::int64_t steps = optimizer.steps();
    std::vector<TensorToWrite> list;
    addSlices(list, "exp_avg.", parameters, first);
    addSlices(list, "exp_avg_sq.", parameters, second);
    list.push_back({"step", DType::I64, {}, std::as_bytes(std::span(&steps, 1))});
    writeSafetensors(path, list, {{"format", "pt"}});
}

void writeGradient(const std::filesystem::path& path, const ParameterBuffer& parameters,
                   const at::Tensor& gradient)
{
    const at::Tensor flat = gradient.cpu();
    std::vector<TensorToWrite> list;
    addSlices(list, {}, parameters, flat);
    writeSafetensors(path, list, {{"format", "pt"}});
}

// Copies the file's tensors prefix + KEY into a flat vector; adds to `problems` what does not fit.
void readSlices(const SafetensorsFile& file, const std::string& where, const std::string& prefix,
                const ParameterBuffer& parameters, at::Tensor& flat, std::vector<Problem>& problems)
{
    at::Tensor host = at::zeros({parameters.elements()}, at::kFloat);
    for (const ParameterSlice& slice : parameters.slices()) {
        const auto entry = file.tensors().find(prefix + slice.key);
        if (entry == file.tensors().end())
            problems.push_back({"is missing", where + ": " + prefix + slice.key, {}});
        else if (entry->second.type != DType::F32 || entry->second.shape != slice.shape)
            problems.push_back(
                {"has another type or shape than the parameter", where + ": " + prefix + slice.key, {}});
        else
            std::memcpy(host.data_ptr<float>() + slice.offset, entry->second.bytes.data(),
                        entry->second.bytes.size());
    }
    if (problems.empty())
        flat.copy_(host);
}

} // namespace

Manifest writeCheckpoint(const std::filesystem::path& checkpointsFolder, const CheckpointContents& contents)
{
    makeFolder(checkpointsFolder);
    CheckpointDraft draft(checkpointsFolder, contents.state.step);
    const std::filesystem::path& folder = draft.folder();
    const ParameterBuffer& parameters = contents.model.parameters();
    contents.model.saveTrained(folder, contents.modelFolder.string());
    if (contents.method == Method::Full)
        copyCompanionFiles(contents.modelFolder, folder);
    writeOptimizer(folder / kOptimizerWeights, parameters, contents.optimizer);
    if (contents.gradient.hasPrevious())
        writeGradient(folder / kGradientWeights, parameters, contents.gradient.previous());
    writeTrainerState(folder, contents.trainerState);
    writeFileAtomically(folder / kCheckpointState, toJsonText(toJson(contents.state)));
    return draft.publish();
}

void readOptimizer(const std::filesystem::path& checkpointFolder, const ParameterBuffer& parameters,
                   AdamW& optimizer)
{
    const std::string where = (checkpointFolder / kOptimizerWeights).string();
    const SafetensorsFile file(where);
    std::vector<Problem> problems;
    readSlices(file, where, "exp_avg.", parameters, optimizer.firstMoment(), problems);
    readSlices(file, where, "exp_avg_sq.", parameters, optimizer.secondMoment(), problems);
    const TensorEntry& steps = file.at("step");
    std::int64_t value = 0;
    if (steps.type == DType::I64 && steps.bytes.size() == sizeof value)
        std::memcpy(&value, steps.bytes.data(), sizeof value);
    else
        problems.push_back({"is not one whole number", where + ": step", {}});
    throwIfAny(std::move(problems));
    optimizer.setSteps(value);
}

void readGradient(const std::filesystem::path& checkpointFolder, const ParameterBuffer& parameters,
                  GradientMonitor& gradient)
{
    const std::string where = (checkpointFolder / kGradientWeights).string();
    const SafetensorsFile file(where);
    std::vector<Problem> problems;
    at::Tensor flat = at::zeros_like(parameters.gradient());
    readSlices(file, where, {}, parameters, flat, problems);
    throwIfAny(std::move(problems));
    gradient.restore(flat);
}

} // namespace lens
