// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What stands in the model folder and the data file a new run names: shown beside the form before the start.
// Read on pool threads; throws lens::Error where the file cannot be read.
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

namespace lens {

struct ModelFacts {
    QString family;
    std::int64_t parameters = 0; // of the stored tensors
    QString storage;             // type most of them have: "bfloat16"
    bool tokenizer = false;
    std::int64_t layers = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t vocabularySize = 0;
};

struct DataFacts {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    QString kind;       // "JSON lines", "token batches", "text"
    QStringList fields; // of the first row
};

ModelFacts readModelFacts(const QString& folder);
DataFacts readDataFacts(const QString& file);

} // namespace lens
