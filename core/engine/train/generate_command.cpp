// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/generate_command.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/checkpoint/best_checkpoint.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/manifest.h"
#include "core/checkpoint/trainer_state.h"
#include "core/config/choice_names.h"
#include "core/engine/train/run_parts.h"
#include "core/model_files/adapter_base.h"
#include "core/protocol/exit_code.h"
#include "core/run/run_paths.h"
#include "core/run/run_record.h"

#include <iostream>

#include <unistd.h>

namespace lens {
namespace {

// What a command's folders come down to.
struct Source {
    std::filesystem::path model;   // base model, or a fully trained one
    std::filesystem::path adapter; // PEFT folder; empty: none
    PromptForm form;
    WeightQuantisation quantisation; // as in the run
};

std::filesystem::path checkpointOfRun(const GenerateCommand& command, const RunPaths& paths)
{
    if (command.checkpoint) {
        throwIfAny(verifyCheckpoint(paths.checkpoint(*command.checkpoint), Thoroughness::Sizes));
        return paths.checkpoint(*command.checkpoint);
    }
    const auto latest = latestValidCheckpoint(paths.checkpoints());
    if (!latest)
        throw Error("has no whole checkpoint yet", command.runFolder.string(),
                    "--base-only shows what the model writes without the adapter");
    if (command.best) {
        std::vector<std::uint64_t> steps;
        for (const CheckpointEntry& entry : listCheckpoints(paths.checkpoints()))
            if (entry.whole)
                steps.push_back(entry.step);
        if (const auto best = bestCheckpoint(steps, readLogHistory(latest->folder)))
            return paths.checkpoint(*best);
    }
    return latest->folder;
}

Source sourceOfRun(const GenerateCommand& command)
{
    const RunPaths paths{command.runFolder};
    const auto record = readRunRecord(paths.runJson());
    if (!record)
        throw Error("is no run that was started: it has no run.json", command.runFolder.string());
    Source source;
    source.model = record->config.model.path;
    if (record->config.adapter.method != Method::Full)
        source.quantisation = {record->config.model.quantisation, record->config.model.doubleQuantisation};
    source.form.format = choiceByName<DataFormat>(record->data.format).value_or(DataFormat::Text);
    source.form.chatTemplate = record->config.data.chatTemplate;
    if (command.baseOnly)
        return source;
    const std::filesystem::path checkpoint = checkpointOfRun(command, paths);
    if (record->config.adapter.method == Method::Full && !command.compare)
        source.model = checkpoint;
    else if (record->config.adapter.method == Method::Full)
        throw Error("trained all weights: there is no adapter to compare with and without",
                    command.runFolder.string(), "compare by two calls, one with --base-only");
    else
        source.adapter = checkpoint;
    return source;
}

Source sourceOf(const GenerateCommand& command)
{
    if (!command.runFolder.empty())
        return sourceOfRun(command);
    Source source;
    source.model = command.modelFolder.empty() ? baseModelOf(command.adapterFolder) : command.modelFolder;
    if (!command.baseOnly)
        source.adapter = command.adapterFolder;
    if (command.chat)
        source.form.format = DataFormat::Messages;
    return source;
}

// Continues prompts one after the other and prints.
class Generation {
public:
    Generation(const GenerateCommand& command, const Source& source, ProgressSink& progress)
        : m_command(command)
        , m_progress(progress)
        , m_model(Model::load(
              source.model, StorageType::Auto, chooseDevice("auto"),
              [&](double fraction) { tellPreparing(fraction); }, source.quantisation))
        , m_tokenizer(loadTokenizer(source.model))
        , m_sampler(makeSampler(source.model, m_tokenizer ? &*m_tokenizer : nullptr, source.form))
        , m_hasAdapter(!source.adapter.empty())
    {
        if (m_hasAdapter)
            m_model.attachAdapter(source.adapter, 0);
        m_model.setTraining(false);
        m_options.maxNewTokens = command.maxNewTokens;
        m_options.temperature = command.temperature;
        m_options.seed = command.seed;
    }

    void answer(const std::string& prompt)
    {
        if (m_command.json)
            answerAsJson(prompt);
        else if (m_command.compare && m_hasAdapter)
            compare(prompt);
        else
            print(prompt);
    }

private:
    // Only to a person: whoever reads the output through a pipe wants the text alone.
    void tellPreparing(double fraction)
    {
        if (::isatty(STDOUT_FILENO))
            m_progress.preparing("reading the model", fraction);
    }

    void print(const std::string& prompt)
    {
        m_sampler.continueText(m_model, prompt, m_options,
                               [this](std::string_view piece) { m_progress.text(piece); });
        m_progress.text("\n");
    }

    void compare(const std::string& prompt)
    {
        for (const bool adapter : {false, true}) {
            m_model.setAdapterActive(adapter);
            m_progress.text(adapter ? "adapter: " : "base: ");
            print(prompt);
        }
    }

    void answerAsJson(const std::string& prompt)
    {
        Json answer{{"prompt", prompt}};
        for (const bool adapter : {false, true}) {
            // A model without an adapter (--model, a run of all weights) answers as "base" where only the
            // base was asked for, else as what was trained.
            const bool wanted = adapter ? !m_command.baseOnly : m_command.baseOnly || m_command.compare;
            if (!wanted)
                continue;
            m_model.setAdapterActive(adapter);
            const Sample sample = m_sampler.continueText(m_model, prompt, m_options);
            answer[adapter ? "adapter" : "base"] = sample.text;
        }
        m_progress.text(toJsonLine(answer) + "\n");
    }

    const GenerateCommand& m_command;
    ProgressSink& m_progress;
    Model m_model;
    std::optional<Tokenizer> m_tokenizer;
    Sampler m_sampler;
    bool m_hasAdapter;
    GenerateOptions m_options;
};

} // namespace

int runGenerate(const GenerateCommand& command, ProgressSink& progress)
{
    chooseThreads(command.threads);
    Generation generation(command, sourceOf(command), progress);
    if (command.prompt) {
        generation.answer(*command.prompt);
    } else {
        for (std::string line; std::getline(std::cin, line);)
            if (!line.empty())
                generation.answer(line);
    }
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
