// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/engine_model/golden_model.h"

#include "core/engine/model/weight_files.h"

#include <ATen/ATen.h>

#include <limits>

namespace lens::test {

at::Tensor tensorOf(const SafetensorsFile& file, const std::string& name)
{
    return mappedTensor(file.at(name), name).clone();
}

Batch goldenBatch(const SafetensorsFile& file)
{
    Batch batch;
    batch.ids = tensorOf(file, "input_ids");
    batch.labels = tensorOf(file, "labels");
    batch.sharedFrequencies = true; // as the reference was computed
    const at::Tensor lengths = tensorOf(file, "attention_mask").sum(1);
    for (std::int64_t row = 0; row < lengths.size(0); ++row)
        batch.lengths.push_back(lengths[row].item<std::int64_t>());
    batch.tokens = lengths.sum().item<std::int64_t>();
    batch.trainedTokens =
        batch.labels.narrow(1, 1, batch.labels.size(1) - 1).ne(-100).sum().item<std::int64_t>();
    return batch;
}

double relativeDeviation(const at::Tensor& a, const at::Tensor& b)
{
    if (a.sizes() != b.sizes() || !a.isfinite().all().item<bool>())
        return std::numeric_limits<double>::infinity();
    const at::Tensor reference = b.to(at::kDouble);
    return ((a.to(at::kDouble) - reference).abs().max() / reference.abs().max()).item<double>();
}

double relativeDeviation(const at::Tensor& a, const at::Tensor& b, const at::Tensor& mask)
{
    if (a.sizes() != b.sizes())
        return std::numeric_limits<double>::infinity();
    const at::Tensor positions = mask.reshape({-1}).nonzero().squeeze(1);
    const auto chosen = [&](const at::Tensor& x) { return x.flatten(0, 1).index_select(0, positions); };
    return relativeDeviation(chosen(a), chosen(b));
}

std::vector<float> floatsOf(const at::Tensor& tensor)
{
    const at::Tensor flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

} // namespace lens::test
