// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/evaluate_arguments.h"

#include "core/base/nearest_name.h"
#include "core/base/user_paths.h"
#include "core/config/choice_names.h"
#include "core/model_files/folder_description.h"

namespace lens {
namespace {

std::filesystem::path pathOf(const Arguments& arguments, const char* option)
{
    const auto value = arguments.value(option);
    return value ? std::filesystem::absolute(expandUser(*value)).lexically_normal() : std::filesystem::path();
}

StorageType dtypeFrom(const Arguments& arguments)
{
    const auto name = arguments.value("--dtype");
    if (!name)
        return StorageType::Float32;
    if (const auto type = choiceByName<StorageType>(*name))
        return *type;
    std::string allowed;
    std::vector<std::string> names;
    for (const std::string_view known : choiceNames<StorageType>()) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(known);
        names.emplace_back(known);
    }
    const auto nearest = nearestName(*name, names);
    throw UsageError("found \"" + *name + "\", allowed " + allowed, "--dtype",
                     nearest ? "did you mean " + *nearest + "?" : "");
}

void add(std::vector<Problem>& problems, const std::vector<Problem>& more)
{
    problems.insert(problems.end(), more.begin(), more.end());
}

void checkOut(const EvaluateCommand& command, std::vector<Problem>& problems)
{
    std::error_code code;
    if (std::filesystem::is_directory(command.out, code))
        problems.push_back({"is a folder; a file is written", command.out.string(), ""});
    else if (!std::filesystem::is_directory(command.out.parent_path(), code))
        problems.push_back({"there is no such folder to write into", command.out.parent_path().string(), ""});
    if (std::filesystem::equivalent(command.out, command.batch, code))
        problems.push_back({"is the batch itself", command.out.string(), "choose another name with --out"});
}

} // namespace

EvaluateCommand evaluateCommandOf(const Arguments& arguments)
{
    for (const char* needed : {"--model", "--batch", "--out"})
        if (arguments.value(needed).value_or("").empty())
            throw UsageError("is needed", needed);
    EvaluateCommand command;
    command.model = pathOf(arguments, "--model");
    command.adapter = pathOf(arguments, "--adapter");
    command.batch = pathOf(arguments, "--batch");
    command.out = pathOf(arguments, "--out");
    command.dtype = dtypeFrom(arguments);
    command.device = arguments.value("--device").value_or("auto");
    command.threads = static_cast<int>(arguments.integer("--threads", 0, 0, 1024));
    return command;
}

EvaluationBatch checkedBatch(const EvaluateCommand& command)
{
    const FolderDescription model = describeFolder(command.model);
    std::vector<Problem> problems = model.problems;
    add(problems, model.weightProblems);
    if (model.kind == FolderKind::Adapter)
        problems.push_back({"this folder holds an adapter, not a model", command.model.string(),
                            "name it with --adapter and its base model with --model"});
    if (!command.adapter.empty()) {
        const FolderDescription adapter = describeFolder(command.adapter);
        add(problems, adapter.problems);
        add(problems, adapter.weightProblems);
        if (adapter.kind == FolderKind::Model)
            problems.push_back({"this folder holds a model, not an adapter", command.adapter.string(), ""});
    }
    checkOut(command, problems);
    EvaluationBatch batch;
    // Of a model that is not understood the vocabulary is not known: then the ids cannot be wrong yet.
    const std::int64_t vocabulary =
        model.config ? model.config->vocabularySize : std::numeric_limits<std::int64_t>::max();
    try {
        batch = readEvaluationBatch(command.batch, vocabulary);
    } catch (const Error& error) {
        add(problems, error.problems());
    }
    throwIfAny(std::move(problems));
    return batch;
}

} // namespace lens
