// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/row_loader.h"

#include "core/base/mapped_file.h"
#include "core/dataset/row_encoder.h"
#include "core/dataset/row_form.h"
#include "core/dataset/row_problems.h"
#include "core/dataset/row_reader.h"
#include "core/dataset/token_batches.h"
#include "core/tokenizer/utf8.h"

#include <optional>

namespace lens {
namespace {

constexpr std::uint64_t kRowsPerReport = 256;

std::string_view bytesOf(const MappedFile& map)
{
    return {reinterpret_cast<const char*>(map.bytes().data()), map.bytes().size()};
}

// Rows that were cut, and rows of which nothing is left to train.
class CutReport {
public:
    CutReport(std::string file, int maxLength)
        : m_file(std::move(file))
        , m_maxLength(std::to_string(maxLength))
    {
    }

    void cut(const TokenRow& row)
    {
        ++m_cutRows;
        m_cutTokens += row.cutTokens;
    }
    void leftOut(const TokenRow& row)
    {
        const std::string where = m_file + ":" + std::to_string(row.sourceLine);
        if (row.cutTokens > 0)
            m_leftOut.add("the whole answer lies beyond max_length (" + m_maxLength +
                              " tokens); the row is left out",
                          where);
        else
            m_leftOut.add("the row is a single token, with nothing to predict it from; it is left out",
                          where);
    }
    std::vector<Problem> warnings() const
    {
        std::vector<Problem> all;
        if (m_cutRows > 0)
            all.push_back({std::to_string(m_cutRows) + " rows were cut to max_length (" + m_maxLength +
                               " tokens); " + std::to_string(m_cutTokens) + " tokens at their ends are lost",
                           m_file, "a larger max_length keeps them and takes more memory"});
        for (Problem& problem : m_leftOut.all(m_file))
            all.push_back(std::move(problem));
        return all;
    }

private:
    std::string m_file;
    std::string m_maxLength;
    std::uint64_t m_cutRows = 0;
    std::uint64_t m_cutTokens = 0;
    RowProblems m_leftOut;
};

class TextLoader {
public:
    TextLoader(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer)
        : m_file(file)
        , m_settings(settings)
        , m_tokenizer(tokenizer)
        , m_encoder(tokenizer, static_cast<std::size_t>(settings.maxLength), settings.trainOnPrompt)
        , m_cuts(file, settings.maxLength)
    {
    }

    LoadedRows load(std::string_view bytes, RowFile kind, const RowProgress& progress)
    {
        m_kind = kind;
        RowReader reader(bytes, kind);
        std::uint64_t done = 0;
        while (const auto raw = next(reader)) {
            take(*raw);
            if (++done % kRowsPerReport == 0 && progress && !progress(done, raw->endByte))
                throw Error("reading the data was cancelled", m_file);
        }
        m_problems.throwIfAny(m_file);
        if (done == 0)
            throw Error("has no rows", m_file);
        m_loaded.warnings = m_cuts.warnings();
        return std::move(m_loaded);
    }

private:
    std::optional<RawRow> next(RowReader& reader)
    {
        try {
            return reader.next();
        } catch (const Error& error) {
            m_problems.add(error.first().what, m_file + ":" + error.first().where);
            return std::nullopt;
        }
    }

    void take(const RawRow& raw)
    {
        const std::string where = m_file + ":" + std::to_string(raw.line);
        const auto rendered = render(raw.text, where);
        if (!rendered || m_problems.count() > 0) // with a bad row, the others are only checked
            return;
        TokenRow row = m_encoder.encode(*rendered);
        row.sourceLine = raw.line;
        const std::size_t trained = row.trainedTokens();
        if (row.cutTokens > 0)
            m_cuts.cut(row);
        if (trained == 0)
            return m_cuts.leftOut(row);
        m_loaded.trainedTokens += trained;
        m_loaded.rows.push_back(std::move(row));
    }

    std::optional<RenderedRow> render(std::string_view text, const std::string& where)
    {
        if (const std::size_t bad = firstInvalidUtf8(text); bad < text.size()) {
            m_problems.add("is not valid UTF-8 (byte " + std::to_string(bad + 1) + " of the row)", where);
            return std::nullopt;
        }
        if (m_kind == RowFile::PlainText)
            return RowForm::renderText(text);
        const auto json = parsed(text, where);
        if (!json)
            return std::nullopt;
        if (!m_form)
            chooseForm(*json, where);
        return m_form->render(*json, where, m_problems);
    }

    std::optional<Json> parsed(std::string_view text, const std::string& where)
    {
        try {
            return parseJson(text, where);
        } catch (const Error& error) {
            m_problems.add(error.first().what, where,
                           m_kind == RowFile::JsonLines ? "one JSON object a line" : "");
            return std::nullopt;
        }
    }

    void chooseForm(const Json& first, const std::string& where)
    {
        m_loaded.format = m_settings.format == DataFormat::Auto ? formatOf(first, where) : m_settings.format;
        m_form.emplace(m_loaded.format, m_tokenizer.chatTemplate());
    }

    const std::string& m_file;
    const DataSettings& m_settings;
    const Tokenizer& m_tokenizer;
    RowEncoder m_encoder;
    CutReport m_cuts;
    RowProblems m_problems;
    std::optional<RowForm> m_form;
    RowFile m_kind = RowFile::JsonLines;
    LoadedRows m_loaded;
};

LoadedRows loadTokenBatches(const std::string& file, const DataSettings& settings)
{
    TokenBatches batches = readTokenBatches(file);
    CutReport cuts(file, settings.maxLength);
    LoadedRows loaded;
    loaded.format = DataFormat::TokenBatches;
    loaded.rowsPerBatch = batches.rowsPerBatch;
    const auto limit = static_cast<std::size_t>(settings.maxLength);
    for (TokenRow& row : batches.rows) {
        if (row.ids.size() > limit) {
            row.cutTokens = static_cast<std::uint32_t>(row.ids.size() - limit);
            row.ids.resize(limit);
            row.trained.resize(limit);
            cuts.cut(row);
        }
        loaded.trainedTokens += row.trainedTokens();
    }
    loaded.rows = std::move(batches.rows);
    loaded.warnings = cuts.warnings();
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
