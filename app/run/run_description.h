// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a run is, as its own folder says: name, tags, base model, method, data. Read on worker threads.
#pragma once

#include "core/config/run_config.h"
#include "core/run/run_paths.h"
#include "core/run/run_record.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace lens {

struct RunDescription {
    QString folder;
    QString id; // the folder's name
    QString name;
    QStringList tags;
    QString model;   // last part of the model's path
    QString method;  // "LoRA r 16 α 32", "all weights"
    QString data;    // last part of the training file's path
    QString trouble; // what of it cannot be read
    RunConfig config;
    std::optional<RunRecord> record; // absent before the first start

    // "SmolLM2-135M · LoRA r 16 α 32 · alpaca-clean.jsonl (12,480 rows)"
    QString subject() const;
};

// Never throws: what cannot be read is left empty and told in `trouble`.
RunDescription readRunDescription(const RunPaths& paths);

// The name and tags given later. Throw Error.
void writeRunName(const RunPaths& paths, const QString& name);
void writeRunTags(const RunPaths& paths, const QStringList& tags);

} // namespace lens
