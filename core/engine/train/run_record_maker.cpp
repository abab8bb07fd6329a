// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/run_record_maker.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/loaded_blas.h"
#include "core/base/machine.h"
#include "core/config/choice_names.h"

#include <algorithm>

namespace lens {
namespace {

// Empty where a file cannot be read: a missing fingerprint is no reason to stop.
std::string fingerprintOrNothing(const std::filesystem::path& path)
{
    try {
        return path.empty() ? std::string() : fingerprintOfFile(path);
    } catch (const Error&) {
        return {};
    }
}

RecordedMachine machineOf(const Model& model, int threads)
{
    const Machine machine = readMachine();
    RecordedMachine recorded;
    recorded.host = machine.host;
    recorded.cpu = machine.cpu;
    recorded.cores = machine.physicalCores;
    recorded.memoryBytes = machine.memoryBytes;
    recorded.device = model.device().str();
    recorded.blas = loadedBlas().text();
    recorded.threads = threads;
    return recorded;
}

void addChange(Json& changes, const char* path, const std::string& before, const std::string& after)
{
    if (before != after && !before.empty() && !after.empty())
        changes.push_back({{"path", path}, {"before", before}, {"after", after}});
}

} // namespace

std::string modelFingerprint(const std::filesystem::path& modelFolder)
{
    for (const char* name : {"model.safetensors", "model.safetensors.index.json", "config.json"}) {
        std::error_code code;
        if (std::filesystem::exists(modelFolder / name, code))
            return fingerprintOrNothing(modelFolder / name);
    }
    return {};
}

RunRecord makeRunRecord(const std::string& runId, const RunConfig& config, const Model& model,
                        const Dataset& data, const StepPlan& plan, int threads)
{
    RunRecord record;
    record.runId = runId;
    record.name = config.name;
    record.tags = config.tags;
    record.created = utcNow();
    record.engineVersion = LENS_VERSION;
    record.config = config;
    record.model = {config.model.path, model.familyName(), model.parameterCount(), model.storageName(),
                    modelFingerprint(config.model.path)};
    record.data.train = {config.data.trainFile, fingerprintOrNothing(config.data.trainFile)};
    if (!config.data.evalFile.empty())
        record.data.evaluation =
            RecordedFile{config.data.evalFile, fingerprintOrNothing(config.data.evalFile)};
    record.data.format = std::string(choiceName(data.format));
    record.data.trainRows = data.train.size();
    record.data.evaluationRows = data.evaluation.size();
    record.data.tokens = data.trainTokens;
    record.data.trainedTokens = data.trainTrainedTokens;
    record.trainableParameters = model.parameters().elements();
    for (const AdaptedModule& module : model.modules())
        record.modules.push_back(module.path);
    record.totalSteps = static_cast<std::uint64_t>(plan.totalSteps);
    record.machine = machineOf(model, threads);
    return record;
}

Json changesSince(const RunRecord& record, const RunConfig& config)
{
    Json changes = Json::array();
    addChange(changes, "engine_version", record.engineVersion, LENS_VERSION);
    addChange(changes, "machine.host", record.machine.host, readMachine().host);
    addChange(changes, "model.fingerprint", record.model.fingerprint, modelFingerprint(config.model.path));
    addChange(changes, "data.train.fingerprint", record.data.train.fingerprint,
              fingerprintOrNothing(config.data.trainFile));
    if (record.data.evaluation)
        addChange(changes, "data.evaluation.fingerprint", record.data.evaluation->fingerprint,
                  fingerprintOrNothing(config.data.evalFile));
    return changes;
}

} // namespace lens
