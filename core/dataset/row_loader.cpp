// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_loader.h"

#include "core/base/mapped_file.h"
#include "core/dataset/parallel_for.h"
#include "core/dataset/row_encoder.h"
#include "core/dataset/row_form.h"
#include "core/dataset/row_problems.h"
#include "core/dataset/row_reader.h"
#include "core/dataset/row_warnings.h"
#include "core/dataset/token_batches.h"
#include "core/tokenizer/utf8.h"

#include <optional>

namespace lens {
namespace {

constexpr std::size_t kRowsAtOnce = 256;
constexpr std::size_t kBadRows = 10'000; // nobody mends more by what is said of them

std::string_view bytesOf(const MappedFile& map)
{
    return {reinterpret_cast<const char*>(map.bytes().data()), map.bytes().size()};
}

// What became of one row.
struct RowResult {
    std::optional<TokenRow> row;
    RenderedRow rendered; // without its text
    RowProblems problems;
};

class TextLoader {
public:
    TextLoader(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer)
        : m_file(file)
        , m_settings(settings)
        , m_tokenizer(tokenizer)
        , m_encoder(tokenizer, static_cast<std::size_t>(settings.maxLength), settings.trainOnPrompt)
        , m_warnings(file, settings.maxLength)
    {
    }

    LoadedRows load(std::string_view bytes, RowFile kind, const RowProgress& progress)
    {
        m_kind = kind;
        RowReader reader(bytes, kind);
        std::uint64_t done = 0;
        for (auto raws = nextRows(reader); !raws.empty(); raws = nextRows(reader)) {
            takeAll(raws);
            done += raws.size();
            if (progress && !progress(done, raws.back().endByte))
                throw Error("reading the data was cancelled", m_file);
            if (m_badRows >= kBadRows)
                giveUp(raws.back().line);
        }
        m_problems.throwIfAny(m_file);
        if (done == 0)
            throw Error("has no rows", m_file);
        m_loaded.warnings = m_warnings.all();
        return std::move(m_loaded);
    }

private:
    [[noreturn]] void giveUp(std::uint64_t line) const
    {
        std::vector<Problem> problems = m_problems.all(m_file);
        problems.push_back({"reading stopped after " + std::to_string(m_badRows) + " rows with problems",
                            m_file + ":" + std::to_string(line), "the rows behind were not looked at"});
        throw Error(std::move(problems));
    }

    std::vector<RawRow> nextRows(RowReader& reader)
    {
        std::vector<RawRow> raws;
        try {
            while (!m_malformed && raws.size() < kRowsAtOnce) {
                const auto raw = reader.next();
                if (!raw)
                    break;
                raws.push_back(*raw);
            }
        } catch (const Error& error) {
            m_problems.add(error.first().what, m_file + ":" + error.first().where);
            m_malformed = true;
        }
        return raws;
    }

    // Rows are independent of each other; what comes of them is put together in their order.
    void takeAll(const std::vector<RawRow>& raws)
    {
        for (std::size_t i = 0; !m_form && m_kind != RowFile::PlainText && i < raws.size(); ++i)
            chooseForm(raws[i]);
        m_onlyCheck = m_problems.count() > 0;
        std::vector<RowResult> results(raws.size());
        parallelFor(raws.size(), [&](std::size_t i) { take(raws[i], results[i]); });
        for (RowResult& result : results)
            keep(result);
    }

    void take(const RawRow& raw, RowResult& result) const
    {
        const std::string where = m_file + ":" + std::to_string(raw.line);
        auto rendered = render(raw.text, where, result.problems);
        if (!rendered || m_onlyCheck)
            return;
        result.row = m_encoder.encode(*rendered);
        result.row->sourceLine = raw.line;
        result.rendered = std::move(*rendered);
        result.rendered.text = {};
    }

    void keep(RowResult& result)
    {
        m_badRows += result.problems.count() > 0 ? 1 : 0;
        m_problems.add(result.problems);
        if (!result.row || m_problems.count() > 0)
            return;
        const std::size_t trained = result.row->trainedTokens();
        m_warnings.note(*result.row, &result.rendered);
        if (trained == 0)
            return m_warnings.leftOut(*result.row);
        m_loaded.trainedTokens += trained;
        m_loaded.rows.push_back(std::move(*result.row));
    }

    std::optional<RenderedRow> render(std::string_view text, const std::string& where,
                                      RowProblems& problems) const
    {
        if (const std::size_t bad = firstInvalidUtf8(text); bad < text.size()) {
            problems.add("is not valid UTF-8 (byte " + std::to_string(bad + 1) + " of the row)", where);
            return std::nullopt;
        }
        if (m_kind == RowFile::PlainText)
            return RowForm::renderText(text);
        const auto json = parsed(text, where, problems);
        return json && m_form ? m_form->render(*json, where, problems) : std::nullopt;
    }

    std::optional<Json> parsed(std::string_view text, const std::string& where, RowProblems& problems) const
    {
        try {
            return parseJson(text, where);
        } catch (const Error& error) {
            problems.add(error.first().what, where,
                         m_kind == RowFile::JsonLines ? "one JSON object a line" : "");
            return std::nullopt;
        }
    }

    // By the first row that is JSON; what is wrong with those before is said when they are taken.
    void chooseForm(const RawRow& raw)
    {
        const std::string where = m_file + ":" + std::to_string(raw.line);
        RowProblems ignored;
        const bool readable = firstInvalidUtf8(raw.text) == raw.text.size();
        const auto json = readable ? parsed(raw.text, where, ignored) : std::nullopt;
        if (!json)
            return;
        const DataFormat format =
            m_settings.format == DataFormat::Auto ? formatOf(*json, where) : m_settings.format;
        const bool conversational = format == DataFormat::PromptCompletion && isConversational(*json);
        m_form.emplace(format, conversational, m_tokenizer, m_settings.chatTemplate);
        m_loaded.format = m_form->chat() ? DataFormat::Messages : format;
    }

    const std::string& m_file;
    const DataSettings& m_settings;
    const Tokenizer& m_tokenizer;
    RowEncoder m_encoder;
    RowWarnings m_warnings;
    RowProblems m_problems;
    std::optional<RowForm> m_form;
    RowFile m_kind = RowFile::JsonLines;
    std::size_t m_badRows = 0;
    bool m_malformed = false; // the list as such: no row comes any more
    bool m_onlyCheck = false; // with a bad row, the others are only checked
    LoadedRows m_loaded;
};

LoadedRows loadTokenBatches(const std::string& file, const DataSettings& settings)
{
    TokenBatches batches = readTokenBatches(file);
    RowWarnings warnings(file, settings.maxLength);
    LoadedRows loaded;
    loaded.format = DataFormat::TokenBatches;
    loaded.rowsPerBatch = batches.rowsPerBatch;
    const auto limit = static_cast<std::size_t>(settings.maxLength);
    for (TokenRow& row : batches.rows) {
        if (row.ids.size() > limit) {
            row.cutTokens = static_cast<std::uint32_t>(row.ids.size() - limit);
            row.ids.resize(limit);
            row.trained.resize(limit);
        }
        warnings.note(row, nullptr);
        loaded.trainedTokens += row.trainedTokens();
    }
    loaded.rows = std::move(batches.rows);
    loaded.warnings = warnings.all();
    return loaded;
}

void checkKind(RowFile kind, const DataSettings& settings, const Tokenizer* tokenizer,
               const std::string& file)
{
    const bool batches = kind == RowFile::Safetensors;
    const DataFormat wanted = settings.format;
    if (wanted != DataFormat::Auto && batches != (wanted == DataFormat::TokenBatches))
        throw Error(batches ? "is a safetensors file, whose rows are token batches"
                            : "is no safetensors file, as token batches are",
                    file, "data.format says otherwise");
    if (kind == RowFile::PlainText && wanted != DataFormat::Auto && wanted != DataFormat::Text)
        throw Error("is plain text, which has no fields", file,
                    "data.format must be text or auto, or the file JSON");
    if (!batches && !tokenizer)
        throw Error("needs a tokenizer to become tokens", file, "the model folder has no tokenizer.json");
}

} // namespace

LoadedRows loadRows(const std::string& file, const DataSettings& settings, const Tokenizer* tokenizer,
                    const RowProgress& progress)
{
    if (settings.maxLength < 2)
        throw Error("is " + std::to_string(settings.maxLength) + ", too short to train anything",
                    "data.max_length");
    const MappedFile map{std::filesystem::path(file)};
    const RowFile kind = rowFileOf(file, bytesOf(map));
    checkKind(kind, settings, tokenizer, file);
    if (kind == RowFile::Safetensors)
        return loadTokenBatches(file, settings);
    return TextLoader(file, settings, *tokenizer).load(bytesOf(map), kind, progress);
}

} // namespace lens
