// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Token ids and decoded texts of Hugging Face's own library, for whole tokenizers and for small pipelines
// that exercise one option of tokenizer.json each.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/golden_folders.h"

#include <QTest>

#include <zlib.h>

#include <array>
#include <memory>

using namespace lens;

namespace {

std::string unzipped(const std::filesystem::path& path)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    std::string text;
    std::array<char, 1 << 16> buffer;
    for (int read = 0; (read = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(read));
    return text;
}

std::string textOf(const std::filesystem::path& path)
{
    return std::filesystem::exists(path) ? readFile(path) : std::string();
}

// tokenizer.json as it is or packed.
Tokenizer loaded(const std::filesystem::path& folder)
{
    if (!std::filesystem::exists(folder / "tokenizer.json.gz"))
        return Tokenizer::load(folder);
    return Tokenizer::fromJsonText(unzipped(folder / "tokenizer.json.gz"),
                                   textOf(folder / "tokenizer_config.json"), folder.filename());
}

std::string listed(const std::vector<TokenId>& ids)
{
    std::string text;
    for (const TokenId id : ids)
        text += std::to_string(id) + " ";
    return text;
}

// Empty if the tokenizer does what the case says.
std::string difference(const Tokenizer& tokenizer, const Json& one)
{
    const auto text = one["text"].get<std::string>();
    const auto ids = one["ids"].get<std::vector<TokenId>>();
    const Encoding encoding = tokenizer.encode(text, one["add_special_tokens"].get<bool>());
    const std::string about = "text " + toJsonLine(Json(text)) + ": ";
    if (encoding.ids != ids)
        return about + "ids " + listed(encoding.ids) + "expected " + listed(ids);
    if (encoding.spans.size() != ids.size())
        return about + "spans are not one for each token";
    for (const auto& span : encoding.spans) {
        if (span.begin > span.end || span.end > text.size())
            return about + "a span lies outside of the text";
    }
    const std::string decoded = one.value("decoded", text);
    if (tokenizer.decode(ids, false) != decoded)
        return about + "decoded " + tokenizer.decode(ids, false) + " expected " + decoded;
    const std::string skipped = one.value("decoded_skip_special", decoded);
    if (one.contains("decoded_skip_special") || !one.contains("decoded")) {
        if (tokenizer.decode(ids, true) != skipped)
            return about + "decoded without specials " + tokenizer.decode(ids, true) + " expected " + skipped;
    }
    return {};
}

std::string differences(const Tokenizer& tokenizer, const Json& cases)
{
    std::string all;
    int count = 0;
    for (const Json& one : cases) {
        const std::string found = difference(tokenizer, one);
        if (!found.empty() && ++count <= 5)
            all += found + "\n";
    }
    return count > 5 ? all + "and " + std::to_string(count - 5) + " more" : all;
}

Json wholeTokenizer(const Json& entry, const Json& models)
{
    Json model = models[entry["model"].get<std::string>()];
    for (const auto& [key, value] : entry["model_options"].items()) {
        if (key == "type" && value.is_null())
            model.erase("type");
        else
            model[key] = value;
    }
    Json whole{{"version", "1.0"}, {"truncation", nullptr}, {"padding", nullptr}};
    for (const char* part : {"added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder"})
        whole[part] = entry[part];
    whole["model"] = std::move(model);
    return whole;
}

// One row for each golden folder that has the file, named after the folder and its place.
void addFolders(const char* file)
{
    QTest::addColumn<QString>("folder");
    bool any = false;
    for (const auto& folder : test::goldenTokenizers().paths) {
        if (!std::filesystem::exists(folder / file))
            continue;
        any = true;
        QTest::newRow(folder.string().c_str()) << QString::fromStdString(folder.string());
    }
    if (!any)
        QSKIP(qPrintable(QString("no golden tokenizer has %1").arg(file)));
}

} // namespace

class TestGoldenTokenizers : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto golden = test::goldenTokenizers();
        if (!golden.missing.empty())
            QSKIP(golden.missing.c_str());
        QVERIFY2(!golden.paths.empty(), "the folders of golden tokenizers hold none");
    }

    void wholeTokenizers_data() { addFolders("cases.json"); }
    void wholeTokenizers()
    {
        QFETCH(QString, folder);
        checkCases(folder.toStdString(), "cases.json");
    }

    void charactersOfUnicode16_data() { addFolders("unicode16_cases.json"); }
    void charactersOfUnicode16()
    {
        QFETCH(QString, folder);
        checkCases(folder.toStdString(), "unicode16_cases.json");
    }

    // The model file by itself, as SentencePiece reads it.
    void sentencePieceModels_data() { addFolders("sp_cases.json"); }
    void sentencePieceModels()
    {
        QFETCH(QString, folder);
        const std::filesystem::path path = folder.toStdString();
        const Tokenizer tokenizer =
            Tokenizer::fromSentencePiece(readFile(path / "tokenizer.model"), path.filename());
        Json cases = readJsonFile(path / "sp_cases.json");
        QVERIFY(!cases.empty());
        for (Json& one : cases)
            one["add_special_tokens"] = false;
        const std::string found = differences(tokenizer, cases);
        QVERIFY2(found.empty(), found.c_str());
    }

    void smallPipelines_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("index");
        bool any = false;
        for (const auto& folder : test::goldenTokenizers().paths) {
            const auto file = folder / "tiny.json";
            if (!std::filesystem::exists(file))
                continue;
            any = true;
            const Json tiny = readJsonFile(file);
            for (std::size_t i = 0; i < tiny["tokenizers"].size(); ++i)
                QTest::addRow("%s %s", folder.c_str(),
                              tiny["tokenizers"][i]["name"].get<std::string>().c_str())
                    << QString::fromStdString(file.string()) << static_cast<int>(i);
        }
        if (!any)
            QSKIP("no golden tokenizer has tiny.json");
    }
    void smallPipelines()
    {
        QFETCH(QString, file);
        QFETCH(int, index);
        const Json& tiny = tinyFile(file.toStdString());
        const Json& entry = tiny["tokenizers"][static_cast<std::size_t>(index)];
        const std::string text = toJsonLine(wholeTokenizer(entry, tiny["models"]));
        const std::string found = differences(Tokenizer::fromJsonText(text, "", "tiny"), entry["cases"]);
        QVERIFY2(found.empty(), found.c_str());
    }

private:
    static void checkCases(const std::filesystem::path& folder, const char* file)
    {
        const Json cases = readJsonFile(folder / file);
        QVERIFY(!cases.empty());
        const std::string found = differences(loaded(folder), cases);
        QVERIFY2(found.empty(), found.c_str());
    }

    const Json& tinyFile(const std::string& file)
    {
        if (m_tinyFile != file)
            m_tiny = readJsonFile(file);
        m_tinyFile = file;
        return m_tiny;
    }
    std::string m_tinyFile;
    Json m_tiny;
};

QTEST_APPLESS_MAIN(TestGoldenTokenizers)
#include "test_golden_tokenizers.moc"
