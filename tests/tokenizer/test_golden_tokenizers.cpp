// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Token ids and decoded texts of Hugging Face's own library, for whole tokenizers and for small pipelines
// that exercise one option of tokenizer.json each.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_paths.h"

#include <QTest>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <zlib.h>

#include <array>
#include <memory>
#include <set>

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

std::filesystem::path tokenizersFolder()
{
    return test::goldenFolder().value_or("") / "tokenizers";
}

Tokenizer goldenTokenizer(const std::string& name)
{
    const auto folder = tokenizersFolder() / name;
    if (!std::filesystem::exists(folder / "tokenizer.json.gz"))
        return Tokenizer::load(folder);
    return Tokenizer::fromJsonText(unzipped(folder / "tokenizer.json.gz"),
                                   readFile(folder / "tokenizer_config.json"), name);
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

int unicodeOfPcre()
{
    char version[32] = {};
    pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, version);
    return std::stoi(version);
}

// What tiny.json asks for and this program refuses, by the part that is not known.
const std::set<std::string> kRefused{"unigram_metaspace", "unigram_nfkc"};

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

} // namespace

class TestGoldenTokenizers : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!test::goldenFolder())
            QSKIP("the golden data is not here");
    }

    void wholeTokenizers_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"gpt-2", "llama-bpe", "starcoder", "llama-spm", "gemma-style", "metaspace-style"})
            QTest::newRow(name) << name;
    }
    void wholeTokenizers()
    {
        QFETCH(QString, name);
        const Tokenizer tokenizer = goldenTokenizer(name.toStdString());
        const Json cases = readJsonFile(tokenizersFolder() / name.toStdString() / "cases.json");
        QVERIFY(cases.size() > 100);
        const std::string found = differences(tokenizer, cases);
        QVERIFY2(found.empty(), found.c_str());
    }

    // A PCRE2 with older tables splits characters that Unicode 15 and 16 added in another way.
    void charactersOfUnicode16_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("gpt-2") << "gpt-2";
        QTest::newRow("llama-bpe") << "llama-bpe";
    }
    void charactersOfUnicode16()
    {
        QFETCH(QString, name);
        if (unicodeOfPcre() < 16)
            QSKIP("this PCRE2 has the tables of an older Unicode");
        const Json cases = readJsonFile(tokenizersFolder() / name.toStdString() / "unicode16_cases.json");
        const std::string found = differences(goldenTokenizer(name.toStdString()), cases);
        QVERIFY2(found.empty(), found.c_str());
    }

    void smallPipelines_data()
    {
        QTest::addColumn<int>("index");
        if (!test::goldenFolder())
            return;
        const Json tiny = readJsonFile(tokenizersFolder() / "tiny/tiny.json");
        for (std::size_t i = 0; i < tiny["tokenizers"].size(); ++i)
            QTest::newRow(tiny["tokenizers"][i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
    }
    void smallPipelines()
    {
        QFETCH(int, index);
        static const Json tiny = readJsonFile(tokenizersFolder() / "tiny/tiny.json");
        const Json& entry = tiny["tokenizers"][static_cast<std::size_t>(index)];
        const std::string text = toJsonLine(wholeTokenizer(entry, tiny["models"]));
        if (kRefused.contains(entry["name"].get<std::string>())) {
            QVERIFY_EXCEPTION_THROWN(Tokenizer::fromJsonText(text, "", "tiny"), Error);
            return;
        }
        const std::string found = differences(Tokenizer::fromJsonText(text, "", "tiny"), entry["cases"]);
        QVERIFY2(found.empty(), found.c_str());
    }
};

QTEST_APPLESS_MAIN(TestGoldenTokenizers)
#include "test_golden_tokenizers.moc"
