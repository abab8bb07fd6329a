// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/dataset.h"

#include "core/base/mapped_file.h"
#include "core/dataset/random_order.h"
#include "core/dataset/row_encoder.h"
#include "core/dataset/row_form.h"
#include "core/dataset/row_loader.h"
#include "core/dataset/row_warnings.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>

namespace lens {
namespace {

constexpr std::uint64_t kSplitStream = 0; // epoch e has stream e + 1

// Which groups of rows are kept for evaluation.
std::vector<bool> chosenGroups(std::size_t groups, double share, bool lastOnes, std::uint64_t seed)
{
    std::vector<bool> chosen(groups, false);
    if (share <= 0 || groups < 2)
        return chosen;
    const auto wanted = static_cast<std::size_t>(std::llround(share * static_cast<double>(groups)));
    const std::size_t count = std::clamp<std::size_t>(wanted, 1, groups - 1);
    if (lastOnes) {
        std::fill(chosen.end() - static_cast<std::ptrdiff_t>(count), chosen.end(), true);
        return chosen;
    }
    const auto order = randomOrder(groups, RandomSequence(seed, kSplitStream));
    for (std::size_t i = 0; i < count; ++i)
        chosen[order[i]] = true;
    return chosen;
}

void splitRows(Dataset& dataset, double share, std::uint64_t seed)
{
    const std::size_t groupRows = std::max<std::size_t>(dataset.fixedBatchRows, 1);
    const auto chosen =
        chosenGroups(dataset.train.size() / groupRows, share, dataset.fixedBatchRows > 0, seed);
    std::vector<TokenRow> kept;
    for (std::size_t i = 0; i < dataset.train.size(); ++i)
        (chosen[i / groupRows] ? dataset.evaluation : kept).push_back(std::move(dataset.train[i]));
    dataset.train = std::move(kept);
}

void refuseUntrained(const LoadedRows& loaded, const std::string& file, const std::string& purpose)
{
    if (loaded.trainedTokens > 0)
        return;
    std::vector<Problem> problems{{"no token would be " + purpose, file, "see what is wrong with the rows"}};
    problems.insert(problems.end(), loaded.warnings.begin(), loaded.warnings.end());
    if (loaded.warnings.empty())
        problems[0].hint = "every label is −100";
    throw Error(std::move(problems));
}

void countTokens(Dataset& dataset)
{
    for (const auto* rows : {&dataset.train, &dataset.evaluation}) {
        for (const TokenRow& row : *rows) {
            for (const TokenId id : row.ids)
                dataset.largestId = std::max(dataset.largestId, id);
        }
    }
    for (const TokenRow& row : dataset.train) {
        dataset.trainTokens += row.ids.size();
        dataset.trainTrainedTokens += row.trainedTokens();
    }
}

std::uint64_t fileBytes(const std::string& file)
{
    std::error_code code;
    const auto bytes = file.empty() ? 0 : std::filesystem::file_size(file, code);
    return code ? 0 : bytes;
}

} // namespace

std::size_t TokenRow::trainedTokens() const
{
    return static_cast<std::size_t>(std::count(trained.begin(), trained.end(), std::uint8_t{1}));
}

Dataset loadDataset(const DataSettings& settings, const Tokenizer* tokenizer, std::uint64_t seed,
                    const std::function<bool(std::uint64_t, double)>& progress)
{
    const std::uint64_t trainBytes = fileBytes(settings.trainFile);
    const auto total =
        static_cast<double>(std::max<std::uint64_t>(trainBytes + fileBytes(settings.evalFile), 1));
    std::uint64_t rowsBefore = 0;
    std::uint64_t bytesBefore = 0;
    const RowProgress report = [&](std::uint64_t rows, std::uint64_t bytes) {
        return !progress || progress(rowsBefore + rows, static_cast<double>(bytesBefore + bytes) / total);
    };

    LoadedRows train = loadRows(settings.trainFile, settings, tokenizer, report);
    refuseUntrained(train, settings.trainFile, "trained");
    Dataset dataset;
    dataset.format = train.format;
    dataset.fixedBatchRows = train.rowsPerBatch;
    dataset.train = std::move(train.rows);
    dataset.warnings = std::move(train.warnings);
    if (settings.evalFile.empty()) {
        splitRows(dataset, settings.evalSplit, seed);
    } else {
        rowsBefore = dataset.train.size();
        bytesBefore = trainBytes;
        LoadedRows evaluation = loadRows(settings.evalFile, settings, tokenizer, report);
        refuseUntrained(evaluation, settings.evalFile, "evaluated");
        dataset.evaluation = std::move(evaluation.rows);
        dataset.warnings.insert(dataset.warnings.end(), evaluation.warnings.begin(),
                                evaluation.warnings.end());
    }
    countTokens(dataset);
    if (dataset.trainTrainedTokens == 0)
        throw Error("no token would be trained", settings.trainFile,
                    "all that could be trained is in the evaluation split");
    return dataset;
}

RowPreview previewRow(std::string_view rawRow, const DataSettings& settings, const Tokenizer& tokenizer)
{
    const std::string where = "row";
    const std::size_t first = rawRow.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        throw Error("is empty", where);
    if (const std::size_t bad = firstInvalidUtf8(rawRow); bad < rawRow.size())
        throw Error("is not valid UTF-8 (byte " + std::to_string(bad + 1) + " of the row)", where);
    RowPreview preview;
    RenderedRow rendered;
    if (rawRow[first] == '{' || rawRow.substr(first).starts_with("[{")) {
        const Json json = parseJson(rawRow, where);
        const DataFormat format =
            settings.format == DataFormat::Auto ? formatOf(json, where) : settings.format;
        const bool conversational = format == DataFormat::PromptCompletion && isConversational(json);
        const RowForm form(format, conversational, tokenizer, settings.chatTemplate);
        RowProblems problems;
        auto valid = form.render(json, where, problems);
        problems.throwIfAny(where);
        rendered = std::move(valid.value());
        preview.format = format;
    } else {
        rendered = RowForm::renderText(rawRow);
    }
    const auto maxLength = static_cast<std::size_t>(std::max(settings.maxLength, 2));
    preview.row = RowEncoder(tokenizer, maxLength, settings.trainOnPrompt).encode(rendered, &preview.spans);
    preview.row.sourceLine = 1;
    RowWarnings warnings(where, settings.maxLength);
    warnings.note(preview.row, &rendered);
    if (preview.row.trainedTokens() == 0)
        warnings.leftOut(preview.row);
    preview.warnings = warnings.all();
    preview.text = std::move(rendered.text);
    return preview;
}

std::vector<TokenId> encodePrompt(const std::string& prompt, DataFormat format, const Tokenizer& tokenizer,
                                  const std::string& chatTemplate)
{
    const RowForm form(format, false, tokenizer, chatTemplate);
    return RowEncoder(tokenizer, std::numeric_limits<std::size_t>::max(), false)
        .encodeOpen(form.renderPrompt(prompt));
}

std::vector<TokenId> answerEnds(DataFormat format, const Tokenizer& tokenizer,
                                const std::string& chatTemplate)
{
    const RowForm form(format, false, tokenizer, chatTemplate);
    if (form.chat())
        return form.chat()->endIds();
    const auto eos = tokenizer.eosId();
    return eos ? std::vector<TokenId>{*eos} : std::vector<TokenId>();
}

std::vector<std::uint32_t> epochOrder(std::size_t rows, std::uint64_t seed, std::uint64_t epoch, bool shuffle)
{
    if (shuffle)
        return randomOrder(rows, RandomSequence(seed, epoch + 1));
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0u);
    return order;
}

} // namespace lens
