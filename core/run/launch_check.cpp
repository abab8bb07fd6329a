// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/launch_check.h"

#include "core/model_files/folder_description.h"
#include "core/model_files/weight_index.h"

#include <unistd.h>

namespace lens {
namespace {

// Token batches bring their ids along; everything else has to be tokenized.
bool needsTokenizer(const DataSettings& data)
{
    return data.format != DataFormat::TokenBatches &&
           !(data.format == DataFormat::Auto && data.trainFile.ends_with(".safetensors"));
}

class FileChecker {
public:
    explicit FileChecker(const Translator& translator) : m_translator(translator) {}

    void checkModel(const RunConfig& config)
    {
        if (config.model.path.empty())
            return;
        const FolderDescription found = describeFolder(config.model.path);
        if (found.kind == FolderKind::Adapter) {
            add("model.path", LENS_TR("this folder holds an adapter, not a model"),
                LENS_TR("choose its base model here, and the adapter in adapter.start_from"));
            return;
        }
        adopt("model.path", found.problems);
        // Without any weights the full method starts from random ones.
        std::error_code code;
        const std::filesystem::path folder = config.model.path;
        const bool fromScratch = config.adapter.method == Method::Full &&
                                 !std::filesystem::exists(folder / kWeightsFile, code) &&
                                 !std::filesystem::exists(folder / kWeightsIndexFile, code);
        if (!fromScratch)
            adopt("model.path", found.weightProblems);
        if (found.kind == FolderKind::Model && !found.hasTokenizer && needsTokenizer(config.data))
            add("model.path", LENS_TR("the model folder has no tokenizer.json"),
                LENS_TR("copy it from where the model comes from, or train on token batches"));
    }

    void checkAdapter(const std::string& folder)
    {
        if (folder.empty())
            return;
        const FolderDescription found = describeFolder(folder);
        if (found.kind == FolderKind::Model) {
            add("adapter.start_from", LENS_TR("this folder holds a model, not an adapter"));
            return;
        }
        adopt("adapter.start_from", found.problems);
        adopt("adapter.start_from", found.weightProblems);
    }

    void checkData(const char* where, const std::string& file)
    {
        if (file.empty())
            return;
        std::error_code code;
        const auto kind = std::filesystem::status(file, code).type();
        if (kind == std::filesystem::file_type::not_found)
            add(where, LENS_TR("there is no such file"));
        else if (kind == std::filesystem::file_type::directory)
            add(where, LENS_TR("is a folder, a file is needed"));
        else if (::access(file.c_str(), R_OK) != 0)
            add(where, LENS_TR("may not be read"));
        else if (kind == std::filesystem::file_type::regular && std::filesystem::file_size(file, code) == 0)
            add(where, LENS_TR("the file is empty"));
    }

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    void add(const char* where, const char* what, const char* hint = "")
    {
        m_problems.push_back(
            {translated(m_translator, what), where, *hint ? translated(m_translator, hint) : std::string()});
    }

    // What is wrong in a folder, told at the setting that names the folder.
    void adopt(const char* where, const std::vector<Problem>& problems)
    {
        for (const Problem& problem : problems)
            m_problems.push_back({problem.where.empty() ? problem.what : problem.where + ": " + problem.what,
                                  where, problem.hint});
    }

    const Translator& m_translator;
    std::vector<Problem> m_problems;
};

} // namespace

std::vector<Problem> checkFiles(const RunConfig& config, const Translator& translator)
{
    FileChecker checker(translator);
    checker.checkModel(config);
    checker.checkAdapter(config.adapter.startFrom);
    checker.checkData("data.train_file", config.data.trainFile);
    checker.checkData("data.eval_file", config.data.evalFile);
    return checker.take();
}

} // namespace lens
