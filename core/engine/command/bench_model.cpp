// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_model.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/install_paths.h"
#include "core/engine/command/bench_presets.h"
#include "core/engine/model/tensor_list.h"

#include <cerrno>
#include <cstdlib>

namespace lens {
namespace {

constexpr std::uint64_t kSeed = 1;

} // namespace

TemporaryBenchFolder::TemporaryBenchFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "training-lens-bench-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw systemError("cannot make a folder", name, errno);
    m_path = name;
}

TemporaryBenchFolder::~TemporaryBenchFolder()
{
    std::error_code code;
    std::filesystem::remove_all(m_path, code);
}

std::filesystem::path benchModelFolder(const BenchCommand& command, const std::filesystem::path& scratch)
{
    if (command.preset.empty())
        return command.model;
    const std::string_view config = benchPreset(command.preset)->config;
    if (config.empty())
        return resourceFolder() / "demo" / "model";
    writeFileAtomically(scratch / "config.json", config);
    return scratch;
}

Model benchModel(const BenchCommand& command, const std::filesystem::path& folder, StorageType dtype,
                 at::Device device)
{
    const bool isRandom = !command.preset.empty() && !benchPreset(command.preset)->config.empty();
    Model model =
        isRandom ? Model::initialise(folder, kSeed, device, dtype) : Model::load(folder, dtype, device);
    AdapterSettings adapter;
    adapter.r = command.rank;
    adapter.loraAlpha = 2 * command.rank;
    model.attachLora(adapter, kSeed);
    return model;
}

void writeBenchModel(const BenchCommand& command)
{
    const bool wide = command.variants.front().dtype == StorageType::Float32;
    const std::filesystem::path& folder = command.writeModel;
    makeFolder(folder);
    writeFileAtomically(folder / "config.json", benchPreset(command.preset)->config);
    Model model = Model::initialise(folder, kSeed, at::kCPU);
    model.trainAllWeights(); // gives every tensor by its name
    TensorList tensors;
    const ParameterBuffer& buffer = model.parameters();
    for (const ParameterSlice& slice : buffer.slices()) {
        const at::Tensor values = buffer.values().narrow(0, slice.offset, slice.elements).view(slice.shape);
        tensors.add(slice.key, wide ? values : values.to(at::kBFloat16));
    }
    tensors.write(folder / "model.safetensors");
}

} // namespace lens
