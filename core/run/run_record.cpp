// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_record.h"

#include "core/base/file.h"
#include "core/base/json_fields.h"
#include "core/config/config_parser.h"

#include <limits>

namespace lens {
namespace {

constexpr std::int64_t kMaxCount = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxRecordBytes = 64u << 20;

// One object of the record, read without complaint: what is wrong stays at its default.
class Part {
public:
    explicit Part(const Json& json) : m_fields(json, "run.json", m_ignored) {}

    std::string text(const char* key) const { return m_fields.text(key, {}); }
    std::int64_t count(const char* key) const { return m_fields.integer(key, 0, 0, kMaxCount); }
    std::uint64_t unsignedCount(const char* key) const { return static_cast<std::uint64_t>(count(key)); }
    std::vector<std::string> list(const char* key) const { return m_fields.textList(key); }
    const Json& at(const char* key) const { return m_fields.at(key); }
    bool has(const char* key) const { return m_fields.has(key); }

private:
    mutable std::vector<Problem> m_ignored;
    JsonFields m_fields;
};

Json toJson(const RecordedModel& model)
{
    return {{"path", model.path},
            {"family", model.family},
            {"parameters", model.parameters},
            {"storage", model.storage},
            {"fingerprint", model.fingerprint}};
}

RecordedModel modelFrom(const Part& part)
{
    return {part.text("path"), part.text("family"), part.count("parameters"), part.text("storage"),
            part.text("fingerprint")};
}

Json toJson(const RecordedFile& file)
{
    return {{"path", file.path}, {"fingerprint", file.fingerprint}};
}

RecordedFile fileFrom(const Part& part)
{
    return {part.text("path"), part.text("fingerprint")};
}

Json toJson(const RecordedData& data)
{
    return {{"train", toJson(data.train)},
            {"evaluation", data.evaluation ? toJson(*data.evaluation) : Json()},
            {"format", data.format},
            {"train_rows", data.trainRows},
            {"evaluation_rows", data.evaluationRows},
            {"tokens", data.tokens},
            {"trained_tokens", data.trainedTokens}};
}

RecordedData dataFrom(const Part& part)
{
    RecordedData data;
    data.train = fileFrom(Part(part.at("train")));
    if (part.has("evaluation"))
        data.evaluation = fileFrom(Part(part.at("evaluation")));
    data.format = part.text("format");
    data.trainRows = part.unsignedCount("train_rows");
    data.evaluationRows = part.unsignedCount("evaluation_rows");
    data.tokens = part.unsignedCount("tokens");
    data.trainedTokens = part.unsignedCount("trained_tokens");
    return data;
}

Json toJson(const RecordedMachine& machine)
{
    return {{"host", machine.host},      {"cpu", machine.cpu},
            {"cores", machine.cores},    {"memory_bytes", machine.memoryBytes},
            {"device", machine.device},  {"blas", machine.blas},
            {"threads", machine.threads}};
}

RecordedMachine machineFrom(const Part& part)
{
    RecordedMachine machine;
    machine.host = part.text("host");
    machine.cpu = part.text("cpu");
    machine.cores = static_cast<int>(part.count("cores"));
    machine.memoryBytes = part.unsignedCount("memory_bytes");
    machine.device = part.text("device");
    machine.blas = part.text("blas");
    machine.threads = static_cast<int>(part.count("threads"));
    return machine;
}

} // namespace

Json toJson(const RunRecord& record)
{
    return {{"schema", record.schema},
            {"run_id", record.runId},
            {"name", record.name},
            {"tags", record.tags},
            {"created", record.created},
            {"engine_version", record.engineVersion},
            {"config", toJson(record.config)},
            {"model", toJson(record.model)},
            {"data", toJson(record.data)},
            {"trainable_parameters", record.trainableParameters},
            {"modules", record.modules},
            {"total_steps", record.totalSteps},
            {"machine", toJson(record.machine)}};
}

RunRecord runRecordFromJson(const Json& json)
{
    const Part part(json);
    std::vector<Problem> ignored; // settings of another version
    RunRecord record;
    record.schema = static_cast<int>(part.count("schema"));
    record.runId = part.text("run_id");
    record.name = part.text("name");
    record.tags = part.list("tags");
    record.created = part.text("created");
    record.engineVersion = part.text("engine_version");
    record.config = parseConfig(part.at("config"), ignored);
    record.model = modelFrom(Part(part.at("model")));
    record.data = dataFrom(Part(part.at("data")));
    record.trainableParameters = part.count("trainable_parameters");
    record.modules = part.list("modules");
    record.totalSteps = part.unsignedCount("total_steps");
    record.machine = machineFrom(Part(part.at("machine")));
    return record;
}

void writeRunRecord(const std::filesystem::path& runJson, const RunRecord& record)
{
    writeFileAtomically(runJson, toJsonText(toJson(record)));
}

std::optional<RunRecord> readRunRecord(const std::filesystem::path& runJson)
{
    std::error_code code;
    if (!std::filesystem::exists(runJson, code))
        return std::nullopt;
    return runRecordFromJson(readJsonFile(runJson, false, kMaxRecordBytes));
}

} // namespace lens
