// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_arguments.h"

#include "core/base/nearest_name.h"
#include "core/base/user_paths.h"
#include "core/config/choice_names.h"
#include "core/engine/command/bench_presets.h"
#include "core/model_files/folder_description.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace lens {
namespace {

using Names = std::vector<std::string>;

// Several problems of usage as one error.
UsageError usageError(const std::vector<Problem>& problems)
{
    std::string text;
    for (std::size_t i = 1; i < problems.size(); ++i)
        text += "\n" + problems[i].text();
    const Problem& first = problems.front();
    return problems.size() == 1 ? UsageError(first.what, first.where, first.hint)
                                : UsageError(first.text() + text);
}

// Reads options one after the other and keeps what is wrong with each.
class OptionReader {
public:
    explicit OptionReader(const Arguments& arguments) : m_arguments(arguments) {}

    template <typename Number>
    void integer(const char* option, Number& value, std::int64_t low, std::int64_t high)
    {
        attempt([&] {
            value =
                static_cast<Number>(m_arguments.integer(option, static_cast<std::int64_t>(value), low, high));
        });
    }
    void number(const char* option, double& value, double low, double high)
    {
        attempt([&] { value = m_arguments.number(option, value, low, high); });
    }
    // The option's word, one of the allowed; the first of them where it is not given.
    std::string word(const char* option, const Names& allowed)
    {
        const std::string found = m_arguments.value(option).value_or(allowed.front());
        if (std::find(allowed.begin(), allowed.end(), found) != allowed.end())
            return found;
        std::string list;
        for (const std::string& name : allowed)
            list += (list.empty() ? "" : ", ") + name;
        const auto nearest = nearestName(found, allowed);
        problem("found \"" + found + "\", allowed " + list, option,
                nearest ? "did you mean " + *nearest + "?" : "");
        return allowed.front();
    }
    void problem(std::string what, std::string where, std::string hint = {})
    {
        m_problems.push_back({std::move(what), std::move(where), std::move(hint)});
    }
    void throwProblems() const
    {
        if (!m_problems.empty())
            throw usageError(m_problems);
    }

private:
    void attempt(const std::function<void()>& action)
    {
        try {
            action();
        } catch (const UsageError& error) {
            m_problems.insert(m_problems.end(), error.problems().begin(), error.problems().end());
        }
    }

    const Arguments& m_arguments;
    std::vector<Problem> m_problems;
};

void readModel(const Arguments& arguments, OptionReader& options, BenchCommand& command)
{
    const auto preset = arguments.value("--preset");
    const auto model = arguments.value("--model");
    Names names;
    for (const BenchPreset& known : benchPresets())
        names.emplace_back(known.name);
    if (preset && model)
        options.problem("cannot be used together with --model", "--preset");
    if (!preset && !model)
        options.problem("one of them is needed", "--preset, --model");
    if (preset)
        command.preset = options.word("--preset", names);
    if (model && !model->empty())
        command.model = std::filesystem::absolute(expandUser(*model)).lexically_normal();
    else if (model)
        options.problem("is empty", "--model");
}

void readWriteModel(const Arguments& arguments, OptionReader& options, BenchCommand& command)
{
    const auto folder = arguments.value("--write-model");
    if (!folder)
        return;
    command.writeModel = std::filesystem::absolute(expandUser(*folder)).lexically_normal();
    std::error_code code;
    if (folder->empty() || (std::filesystem::exists(command.writeModel, code) &&
                            !std::filesystem::is_empty(command.writeModel, code)))
        options.problem("is not an empty or a new folder", "--write-model");
    const BenchPreset* preset = benchPreset(command.preset);
    if (!preset || preset->config.empty())
        options.problem("needs a preset without weights of its own", "--write-model", "--preset smollm-135m");
}

std::vector<StorageType> types(OptionReader& options)
{
    const std::string word = options.word("--dtype", {"both", "float32", "bfloat16", "auto"});
    if (word == "both")
        return {StorageType::Float32, StorageType::BFloat16};
    return {*choiceByName<StorageType>(word)};
}

std::vector<Recompute> recomputes(OptionReader& options)
{
    const std::string word = options.word("--recompute", {"auto", "off", "on", "both"});
    if (word == "both")
        return {Recompute::Off, Recompute::On};
    return {*choiceByName<Recompute>(word)};
}

// Rows of a sweep: equal tokens a step.
void sweep(const BenchVariant& like, std::vector<BenchVariant>& variants)
{
    for (const std::int64_t length : {256, 512, 1024, 2048}) {
        BenchVariant variant = like;
        variant.rows = std::max<std::int64_t>(1, 2048 / length);
        variant.length = length;
        variants.push_back(variant);
    }
}

void comparePadded(const BenchVariant& like, std::vector<BenchVariant>& variants)
{
    variants.push_back(like);
    for (const std::int64_t rows : {0, 4}) { // 4: what a configuration has where it says nothing
        BenchVariant padded = like;
        padded.packing = false;
        padded.paddedBatch = rows;
        variants.push_back(padded);
    }
}

void checkTogether(const Arguments& arguments, OptionReader& options, const BenchCommand& command)
{
    if (arguments.has("--compare-padded") && !command.realLengths)
        options.problem("needs rows of different lengths", "--compare-padded", "--lengths real");
    if (arguments.has("--sweep") && command.realLengths)
        options.problem("cannot be used together with --lengths real", "--sweep");
    if (arguments.has("--sweep") && (arguments.has("--rows") || arguments.has("--length")))
        options.problem("sets the rows itself: leave --rows and --length out", "--sweep");
    if (command.realLengths && (arguments.has("--rows") || arguments.has("--length")))
        options.problem("draws the rows itself: leave --rows and --length out", "--lengths real",
                        "--tokens-per-step says how many");
    if (!command.realLengths && arguments.has("--tokens-per-step"))
        options.problem("is only for --lengths real", "--tokens-per-step");
}

} // namespace

BenchCommand benchCommandOf(const Arguments& arguments)
{
    OptionReader options(arguments);
    BenchCommand command;
    readModel(arguments, options, command);
    readWriteModel(arguments, options, command);
    command.realLengths = options.word("--lengths", {"fixed", "real"}) == "real";
    command.answers = command.realLengths ? 0.3 : 1;
    options.number("--answers", command.answers, 0.001, 1);
    options.integer("--tokens-per-step", command.tokensPerStep, 16, 1 << 22);
    options.integer("--rank", command.rank, 1, 4096);
    options.integer("--threads", command.threads, 0, 1024);
    options.integer("--steps", command.steps, 1, 100000);
    const std::string monitor = options.word("--monitor", {"both", "on", "off"});
    command.monitor = monitor == "both" ? BenchMonitor::Both
                      : monitor == "on" ? BenchMonitor::On
                                        : BenchMonitor::Off;
    command.device = arguments.value("--device").value_or("auto");
    command.json = arguments.has("--json");

    BenchVariant variant;
    options.integer("--rows", variant.rows, 1, 1 << 20);
    options.integer("--length", variant.length, 2, 1 << 20);
    variant.packing = options.word("--packing", {"on", "off"}) == "on";
    if (arguments.has("--padded-batch")) {
        variant.packing = false;
        options.integer("--padded-batch", variant.paddedBatch.emplace(0), 0, 1 << 20);
    }
    checkTogether(arguments, options, command);
    for (const StorageType type : types(options)) {
        for (const Recompute recompute : recomputes(options)) {
            variant.dtype = type;
            variant.recompute = recompute;
            if (arguments.has("--sweep"))
                sweep(variant, command.variants);
            else if (arguments.has("--compare-padded"))
                comparePadded(variant, command.variants);
            else
                command.variants.push_back(variant);
        }
    }
    options.throwProblems();
    if (!command.writeModel.empty())
        command.variants = {command.variants.back()}; // bfloat16 unless --dtype says otherwise
    return command;
}

void requireModel(const BenchCommand& command)
{
    if (!command.preset.empty())
        return;
    const FolderDescription model = describeFolder(command.model);
    std::vector<Problem> problems = model.problems;
    problems.insert(problems.end(), model.weightProblems.begin(), model.weightProblems.end());
    if (model.kind == FolderKind::Adapter)
        problems.push_back({"this folder holds an adapter, not a model", command.model.string(), ""});
    throwIfAny(std::move(problems));
}

std::vector<std::string> wordsOf(const BenchCommand& command, const BenchVariant& variant)
{
    std::vector<std::string> words;
    const auto add = [&](const char* option, const std::string& value) {
        words.emplace_back(option);
        words.push_back(value);
    };
    if (command.preset.empty())
        add("--model", command.model.string());
    else
        add("--preset", command.preset);
    add("--dtype", std::string(choiceName(variant.dtype)));
    add("--recompute", std::string(choiceName(variant.recompute)));
    if (variant.paddedBatch)
        add("--padded-batch", std::to_string(*variant.paddedBatch));
    else
        add("--packing", variant.packing ? "on" : "off");
    if (command.realLengths) {
        add("--lengths", "real");
        add("--tokens-per-step", std::to_string(command.tokensPerStep));
    } else {
        add("--rows", std::to_string(variant.rows));
        add("--length", std::to_string(variant.length));
    }
    add("--answers", std::to_string(command.answers));
    add("--rank", std::to_string(command.rank));
    add("--threads", std::to_string(command.threads));
    add("--steps", std::to_string(command.steps));
    add("--monitor", command.monitor == BenchMonitor::Both ? "both"
                     : command.monitor == BenchMonitor::On ? "on"
                                                           : "off");
    add("--device", command.device);
    words.emplace_back("--json");
    return words;
}

} // namespace lens
