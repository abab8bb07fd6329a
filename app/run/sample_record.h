// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One generated text of samples.jsonl.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace lens {

struct SampleRecord {
    std::uint64_t segment = 0;
    std::uint64_t step = 0;
    QString prompt;
    QString text;
};
using SampleRecords = std::vector<SampleRecord>;

} // namespace lens
