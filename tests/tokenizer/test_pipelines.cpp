// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Random normalizers and pre-tokenizers with all their options against Hugging Face's own library
// (tests/data/tokenizer/pipelines.json).
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/digest.h"

#include <QTest>

using namespace lens;

namespace {

Json data(const char* name)
{
    return readJsonFile(test::dataFolder() / "tokenizer" / name);
}

class Results {
public:
    void add(std::string_view text)
    {
        m_digest.add(text);
        m_digest.add("\xFF");
    }
    QString text() const { return m_digest.text(); }

private:
    test::Digest m_digest;
};

} // namespace

class TestPipelines : public QObject {
    Q_OBJECT

private slots:
    void resultsAreHuggingFaces_data()
    {
        QTest::addColumn<int>("row");
        const Json rows = data("pipelines.json");
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::addRow("%zu %s", i, rows[i].begin()->dump().c_str()) << static_cast<int>(i);
    }
    void resultsAreHuggingFaces()
    {
        QFETCH(int, row);
        static const Json rows = data("pipelines.json");
        static const Json texts = data("texts.json");
        const Json& one = rows[static_cast<std::size_t>(row)];
        const bool normalizes = one.contains("normalizer");
        const Normalizer normalizer =
            normalizes ? Normalizer(JsonPart{one["normalizer"], "normalizer"}) : Normalizer();
        const PreTokenizer preTokenizer =
            normalizes ? PreTokenizer()
                       : PreTokenizer(JsonPart{one["pre_tokenizer"], "pre_tokenizer"}, false);
        EncodeScratch scratch;
        Results results;
        for (const Json& text : texts) {
            const auto bytes = text.get<std::string>();
            scratch.clear();
            const Piece piece = normalizer.apply({bytes, 0, nullptr, kNoToken}, scratch);
            if (normalizes) {
                results.add(piece.text);
                continue;
            }
            if (!piece.text.empty()) // encode() has no empty pieces to cut
                scratch.pieces.push_back(piece);
            preTokenizer.apply(scratch);
            for (const Piece& part : scratch.pieces)
                results.add(part.text);
        }
        QCOMPARE(results.text(), QString::fromStdString(one["hash"].get<std::string>()));
    }

    void nonsenseIsRefused()
    {
        const Json length{{"type", "FixedLength"}, {"length", 0}};
        QVERIFY_EXCEPTION_THROWN(PreTokenizer(JsonPart{length, "p"}, false), Error);
        const Json scripts{{"type", "UnicodeScripts"}};
        QVERIFY_EXCEPTION_THROWN(PreTokenizer(JsonPart{scripts, "p"}, false), Error);
    }
};

QTEST_APPLESS_MAIN(TestPipelines)
#include "test_pipelines.moc"
