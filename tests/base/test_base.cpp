// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/journal.h"
#include "core/base/json.h"
#include "core/base/translate.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <fstream>

using namespace lens;

class TestBase : public QObject {
    Q_OBJECT

private slots:
    void problemTextNamesWhereWhatHint()
    {
        QCOMPARE(Problem({"is negative", "training.r", "use 1 or more"}).text(),
                 std::string("training.r: is negative (use 1 or more)"));
        const Error error(std::vector<Problem>{{"a", "x", ""}, {"b", "", ""}});
        QCOMPARE(std::string(error.what()), std::string("x: a\nb"));
    }

    void jsonReadsWhatPythonWrites()
    {
        const Json value =
            parseJson("{\"loss\": NaN, \"text\": \"NaN \\\" -Infinity\", \"low\": -Infinity}", "x.json");
        QVERIFY(std::isnan(jsonNumber(value["loss"])));
        QCOMPARE(value["text"].get<std::string>(), std::string("NaN \" -Infinity"));
        QCOMPARE(jsonNumber(value["low"]), -INFINITY);
        QCOMPARE(toJsonLine(Json{{"x", NAN}}), std::string(R"({"x":"NaN"})"));
    }

    void jsonRefusesNumbersBeyondDouble()
    {
        try {
            parseJson("{\n \"r\": 2e+308\n}", "c.json");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.first().where, std::string("c.json:2"));
            QVERIFY(error.first().what.find("2e+308") != std::string::npos);
        }
    }

    void jsonDepthIsThatOfTheValuesNotOfComments()
    {
        QVERIFY_EXCEPTION_THROWN(parseJson("/* \" */" + std::string(5000, '['), "deep", true), Error);
        const std::string levels(kMaxJsonDepth, '[');
        QCOMPARE(parseJson("/* [[ */" + levels + std::string(kMaxJsonDepth, ']'), "x", true).size(),
                 std::size_t(1));
    }

    void jsonObjectsWithManyMembers()
    {
        std::string text = "{";
        for (int i = 0; i < 300000; ++i) // hours, if each looked through those before it
            text += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
        const Json value = parseJson(text + "\"k17\":\"again\",\"k3\":null}", "x");
        QCOMPARE(value.size(), std::size_t(300000));
        const auto& members = value.get_ref<const Json::object_t&>();
        QCOMPARE((members.begin() + 17)->first, std::string("k17"));
        QVERIFY((members.begin() + 17)->second == Json("again"));
        QVERIFY((members.begin() + 3)->second == Json());
        QVERIFY((members.begin() + 299999)->second == Json(299999));
        QCOMPARE(parseJson("{\"a\":1,\"b\":2,\"a\":3}", "x").dump(), std::string("{\"a\":3,\"b\":2}"));
    }

    void jsonErrorNamesTheLine()
    {
        try {
            parseJson("{\n  \"a\": 1,\n  oops\n}", "c.json");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.first().where, std::string("c.json:3"));
        }
        QVERIFY_EXCEPTION_THROWN(parseJson(std::string(5000, '['), "deep"), Error);
    }

    void fileIsReplacedWholeOrNotAtAll()
    {
        const test::TemporaryFolder folder;
        const auto path = folder.path() / "a.txt";
        writeFileAtomically(path, "first");
        writeFileAtomically(path, "second");
        QCOMPARE(readFile(path), std::string("second"));
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(folder.path() / "missing" / "a.txt", "x"), Error);
        QVERIFY_EXCEPTION_THROWN(readFile(path, 3), Error);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    }

    void journalSurvivesATornLine()
    {
        const test::TemporaryFolder folder;
        const auto path = folder.path() / "events.jsonl";
        {
            JournalWriter writer(path, 65536);
            writer.append(Json{{"n", 1}});
        }
        std::ofstream(path, std::ios::app) << "{\"n\": 2, \"to";
        JournalReader reader(path);
        QCOMPARE(reader.readNew().size(), 1u);
        JournalWriter writer(path);
        writer.append(Json{{"n", 3}}, true);
        const auto records = reader.readNew();
        QCOMPARE(records.size(), 1u);
        QCOMPARE(records.front()["n"].get<int>(), 3);
        QCOMPARE(reader.unreadableLines(), std::uint64_t{1});
        QVERIFY(reader.readNew().empty());
    }

    void digestsAreTheStandardOnes()
    {
        const std::string text = "abc";
        const auto bytes = std::as_bytes(std::span(text));
        QCOMPARE(crc32Of(bytes), 0x352441c2u);
        QCOMPARE(sha256Of(bytes),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void fingerprintSeesABlockInTheMiddle()
    {
        const test::TemporaryFolder folder;
        std::string text(20u << 20, 'x');
        writeFileAtomically(folder.path() / "a", text);
        text[(text.size() - 65536) / 64 * 20 + 5] = 'y';
        writeFileAtomically(folder.path() / "b", text);
        QVERIFY(fingerprintOfFile(folder.path() / "a") != fingerprintOfFile(folder.path() / "b"));
    }

    void timesRoundTrip()
    {
        QCOMPARE(utcText(1795367112.345), std::string("2026-11-22T17:05:12.345Z"));
        QCOMPARE(unixSeconds("2026-11-22T17:05:12.345Z"), 1795367112.345);
        QVERIFY(std::isnan(unixSeconds("yesterday")));
    }

    void namesAreSafe()
    {
        QCOMPARE(safeFileName("../../etc/pass wd"), std::string("etc-pass-wd"));
        QCOMPARE(safeFileName(""), std::string("run"));
        QVERIFY(newRunId("my run") != newRunId("my run"));
        QCOMPARE(fillText("{a}{b}{a}", {{"a", "{b}"}, {"b", "2"}}), std::string("222"));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
