// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/engine_train/training_run.h"

#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/config/config_parser.h"
#include "core/safetensors/safetensors.h"
#include "core/store/run_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace lens::test {
namespace {

int start(TrainOptions options, const std::filesystem::path& runFolder, ListeningSink& sink)
{
    options.runFolder = runFolder;
    options.config.model.threads = 1;
    return runTrain(options, sink);
}

template <typename Row>
void dropFrom(std::map<std::uint64_t, Row>& rows, std::uint64_t step)
{
    rows.erase(rows.lower_bound(step), rows.end());
}

template <typename T>
void appendAs(std::vector<double>& values, const TensorEntry& entry)
{
    for (std::size_t i = 0; i * sizeof(T) < entry.bytes.size(); ++i) {
        T value;
        std::memcpy(&value, entry.bytes.data() + i * sizeof(T), sizeof(T));
        values.push_back(static_cast<double>(value));
    }
}

std::vector<double> valuesOf(const TensorEntry& entry)
{
    std::vector<double> values;
    if (entry.type == DType::F32)
        appendAs<float>(values, entry);
    else if (entry.type == DType::F64)
        appendAs<double>(values, entry);
    else
        appendAs<std::int64_t>(values, entry);
    return values;
}

} // namespace

RunConfig goldenConfig(const std::filesystem::path& modelFolder)
{
    RunConfig config;
    config.name = "golden";
    config.model.path = modelFolder;
    config.model.device = "cpu";
    config.model.threads = 1;
    config.adapter.startFrom = modelFolder / "lora";
    config.data.trainFile = modelFolder / "train_batches.safetensors";
    config.data.format = DataFormat::TokenBatches;
    config.data.evalSplit = 0;
    config.training.learningRate = 1e-3;
    config.training.schedule = Schedule::Cosine;
    config.training.warmupSteps = 2;
    config.training.epochs = 1;
    config.training.batchSize = 2;
    config.training.gradientAccumulationSteps = 2;
    config.training.weightDecay = 0.01;
    config.training.maxGradNorm = 1.0;
    config.checkpoints.saveSteps = 5;
    config.checkpoints.saveTotalLimit = 0;
    return config;
}

void writeConfig(const std::filesystem::path& file, const RunConfig& config)
{
    writeFileAtomically(file, toJsonText(toJson(config)));
}

int train(const RunConfig& config, const std::filesystem::path& runFolder, ListeningSink& sink)
{
    makeFolder(runFolder);
    writeConfig(RunPaths{runFolder}.launchConfig(), config);
    TrainOptions options;
    options.config = config;
    return start(options, runFolder, sink);
}

int resume(const RunConfig& config, const std::filesystem::path& runFolder, ListeningSink& sink,
           std::optional<std::uint64_t> fromStep)
{
    TrainOptions options;
    options.config = config;
    options.resume = true;
    options.fromStep = fromStep;
    return start(options, runFolder, sink);
}

std::map<std::uint64_t, MetricsRow> rowsOf(const std::filesystem::path& runFolder)
{
    std::map<std::uint64_t, MetricsRow> rows;
    RunReader reader(runFolder);
    for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew()) {
        for (const MetricsBatch::Part& part : batch.parts) {
            if (part.newSegment)
                dropFrom(rows, part.firstStep);
            for (const MetricsRow& row : part.rows)
                rows[row.step] = row;
        }
    }
    return rows;
}

std::map<std::uint64_t, ModulesRow> moduleRowsOf(const std::filesystem::path& runFolder)
{
    std::map<std::uint64_t, ModulesRow> rows;
    RunReader reader(runFolder);
    for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew()) {
        for (const MetricsBatch::Part& part : batch.parts) {
            if (part.newSegment)
                dropFrom(rows, part.firstStep);
            for (const ModulesRow& row : part.modules)
                rows[row.step] = row;
        }
    }
    return rows;
}

std::vector<Json> eventsOf(const std::filesystem::path& runFolder, const std::string& type)
{
    std::vector<Json> events;
    for (const Json& event : readJournal(RunPaths{runFolder}.events()))
        if (event["type"] == type)
            events.push_back(event);
    return events;
}

std::vector<double> tensorOf(const std::filesystem::path& safetensors, const std::string& name)
{
    return valuesOf(SafetensorsFile(safetensors).at(name));
}

double largestDifference(const std::filesystem::path& file, const std::filesystem::path& reference,
                         const std::string& referencePrefix)
{
    const SafetensorsFile tested(file);
    const SafetensorsFile expected(reference);
    double largest = 0;
    for (const auto& [name, entry] : tested.tensors()) {
        if (entry.type != DType::F32)
            continue;
        const std::vector<double> a = valuesOf(entry);
        const std::vector<double> b = valuesOf(expected.at(referencePrefix + name));
        if (a.size() != b.size())
            return std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < a.size(); ++i)
            largest = std::isnan(a[i] - b[i]) ? std::numeric_limits<double>::infinity()
                                              : std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

} // namespace lens::test
