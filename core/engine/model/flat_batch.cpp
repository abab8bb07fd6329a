// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/flat_batch.h"

#include <ATen/ATen.h>

namespace lens {
namespace {

at::Tensor listed(const std::vector<std::int64_t>& values, at::Device device)
{
    const at::Tensor list = at::tensor(values, at::kLong);
    // From pinned memory a GPU fetches it while it works on.
    return device.is_cuda() ? list.pin_memory().to(device, list.scalar_type(), true) : list;
}

// Position t of a row predicts label t + 1; −100 and everything else below 0 is not trained.
FlatBatch withLengths(const Batch& batch, const std::vector<std::int64_t>& lengths, at::Device device)
{
    const at::Tensor ids = batch.ids.cpu().contiguous();
    const at::Tensor labels = batch.labels.defined() ? batch.labels.cpu().contiguous() : at::Tensor();
    const std::int64_t time = ids.size(1);
    const auto* idOf = ids.data_ptr<std::int64_t>();
    const auto* labelOf = labels.defined() ? labels.data_ptr<std::int64_t>() : nullptr;
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    std::vector<std::int64_t> targets;
    FlatBatch flat;
    for (std::size_t row = 0; row < lengths.size(); ++row) {
        const std::int64_t length = lengths[row];
        if (length == 0)
            continue;
        const std::int64_t first = static_cast<std::int64_t>(row) * time;
        const auto begin = static_cast<std::int64_t>(tokens.size());
        tokens.insert(tokens.end(), idOf + first, idOf + first + length);
        flat.documents.lengths.push_back(length);
        for (std::int64_t t = 0; labelOf && t + 1 < length; ++t) {
            if (labelOf[first + t + 1] < 0)
                continue;
            positions.push_back(begin + t);
            targets.push_back(labelOf[first + t + 1]);
        }
    }
    if (batch.sharedFrequencies)
        flat.documents.frequencyLength = time;
    flat.documents.ids = listed(tokens, device);
    flat.positions = listed(positions, device);
    flat.targets = listed(targets, device);
    return flat;
}

} // namespace

FlatBatch flattened(const Batch& batch, at::Device device)
{
    return batch.lengths.empty() ? padded(batch, device) : withLengths(batch, batch.lengths, device);
}

FlatBatch padded(const Batch& batch, at::Device device)
{
    return withLengths(
        batch, std::vector<std::int64_t>(static_cast<std::size_t>(batch.ids.size(0)), batch.ids.size(1)),
        device);
}

} // namespace lens
