// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// run.json: what a run is made of, frozen by its first start. Written by the engine, read by everybody; a
// record of another version is read as far as it is understood.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

struct RecordedModel {
    std::string path;
    std::string family;          // "llama"
    std::int64_t parameters = 0; // tied weights once
    std::string storage;         // of the base weights in memory: "float32"
    std::string fingerprint;
};

struct RecordedFile {
    std::string path;
    std::string fingerprint;
};

struct RecordedData {
    RecordedFile train;
    std::optional<RecordedFile> evaluation; // absent: split from train, or none
    std::string format;                     // "messages"
    std::uint64_t trainRows = 0;
    std::uint64_t evaluationRows = 0;
    std::uint64_t tokens = 0;        // of the training rows, one epoch
    std::uint64_t trainedTokens = 0; // of these, targets
};

struct RecordedMachine {
    std::string host;
    std::string cpu;
    int cores = 0;
    std::uint64_t memoryBytes = 0;
    std::string device; // "cpu", "cuda:0 (NVIDIA …)"
    std::string blas;   // "OpenBLAS 0.3.21 (OpenMP)"
    int threads = 0;
};

struct RunRecord {
    int schema = 1;
    std::string runId;
    std::string name;
    std::vector<std::string> tags;
    std::string created; // UTC
    std::string engineVersion;
    RunConfig config; // resolved: paths absolute
    RecordedModel model;
    RecordedData data;
    std::int64_t trainableParameters = 0;
    std::vector<std::string> modules; // sorted paths of the adapted modules; empty for Method::Full
    std::uint64_t totalSteps = 0;
    RecordedMachine machine;
};

Json toJson(const RunRecord& record);
// Fields that are missing or of a wrong kind keep their defaults.
RunRecord runRecordFromJson(const Json& json);

// Atomic. Throws Error.
void writeRunRecord(const std::filesystem::path& runJson, const RunRecord& record);
// Nothing if there is no run.json yet; throws Error if it is not JSON.
std::optional<RunRecord> readRunRecord(const std::filesystem::path& runJson);

} // namespace lens
