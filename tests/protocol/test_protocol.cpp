// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/clock.h"
#include "core/protocol/command.h"
#include "core/protocol/event.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace lens;

class TestProtocol : public QObject {
    Q_OBJECT

private slots:
    void everyVerbHasItsWord()
    {
        const std::vector<std::pair<Verb, std::string>> words = {{Verb::Pause, "pause"},
                                                                 {Verb::Resume, "resume"},
                                                                 {Verb::Checkpoint, "checkpoint"},
                                                                 {Verb::Stop, "stop"},
                                                                 {Verb::Set, "set"}};
        for (const auto& [verb, word] : words) {
            QCOMPARE(std::string(verbName(verb)), word);
            const Command made = makeCommand(verb, 3, Json{{"key", "learning_rate"}, {"value", 0.5}});
            const auto read = commandFromJson(Json::parse(toJson(made).dump()));
            QVERIFY(read.has_value());
            QCOMPARE(read->id, made.id);
            QCOMPARE(read->segment, std::uint64_t{3});
            QVERIFY(read->verb == verb && read->arguments == made.arguments);
        }
        QVERIFY(!verbByName("Pause"));
    }

    void commandIdsDiffer()
    {
        std::set<std::string> ids;
        for (int i = 0; i < 1000; ++i)
            ids.insert(makeCommand(Verb::Pause, 1).id);
        QCOMPARE(ids.size(), std::size_t{1000});
    }

    void brokenCommandsAreIgnored_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("no id") << "{\"segment\": 1, \"verb\": \"pause\"}";
        QTest::newRow("empty id") << "{\"id\": \"\", \"segment\": 1, \"verb\": \"pause\"}";
        QTest::newRow("no segment") << "{\"id\": \"a\", \"verb\": \"pause\"}";
        QTest::newRow("negative segment") << "{\"id\": \"a\", \"segment\": -1, \"verb\": \"pause\"}";
        QTest::newRow("unknown verb") << "{\"id\": \"a\", \"segment\": 1, \"verb\": \"dance\"}";
        QTest::newRow("arguments") << "{\"id\": \"a\", \"segment\": 1, \"verb\": \"set\", \"arguments\": 5}";
        QTest::newRow("list") << "[1]";
    }

    void brokenCommandsAreIgnored()
    {
        QFETCH(QString, line);
        QVERIFY(!commandFromJson(Json::parse(line.toStdString())));
    }

    void everyEventTypeRoundTrips()
    {
        const std::vector<std::pair<EventType, std::string>> words = {
            {EventType::Start, "start"},
            {EventType::Phase, "phase"},
            {EventType::Evaluation, "evaluation"},
            {EventType::Checkpoint, "checkpoint"},
            {EventType::Finding, "finding"},
            {EventType::CheckpointRemoved, "checkpoint_removed"},
            {EventType::Setting, "setting"},
            {EventType::Acknowledged, "acknowledged"},
            {EventType::End, "end"}};
        for (const auto& [type, word] : words) {
            QCOMPARE(std::string(eventTypeName(type)), word);
            const Event made = makeEvent(type, 2, 17, Json{{"loss", NAN}, {"text", "ä"}});
            QVERIFY(std::abs(unixSeconds(made.time) - unixNow()) < 5);
            const auto read = eventFromJson(Json::parse(toJsonLine(toJson(made))));
            QVERIFY(read.has_value());
            QVERIFY(read->type == type);
            QCOMPARE(read->time, made.time);
            QCOMPARE(read->segment, std::uint64_t{2});
            QCOMPARE(read->step, std::uint64_t{17});
            QCOMPARE(read->fields.size(), std::size_t{2});
            QVERIFY(std::isnan(jsonNumber(read->fields["loss"])));
        }
    }

    void everyPhaseHasItsWord()
    {
        const std::vector<std::pair<Phase, std::string>> words = {{Phase::Preparing, "preparing"},
                                                                  {Phase::Training, "training"},
                                                                  {Phase::Evaluating, "evaluating"},
                                                                  {Phase::Saving, "saving"},
                                                                  {Phase::Paused, "paused"},
                                                                  {Phase::Stopping, "stopping"},
                                                                  {Phase::Consolidating, "consolidating"}};
        for (const auto& [phase, word] : words) {
            QCOMPARE(std::string(phaseName(phase)), word);
            QVERIFY(phaseByName(word) == phase);
        }
        QVERIFY(!phaseByName("dancing") && !eventTypeByName("Start"));
    }

    void aRecordIsNeverOverwrittenByItsFields()
    {
        const Json record =
            toJson(makeEvent(EventType::End, 1, 5, Json{{"step", 99}, {"state", "finished"}}));
        QVERIFY(record["step"] == 5 && record["state"] == "finished");
    }

    void recordsOfANewerEngineAreSkipped()
    {
        Json record = toJson(makeEvent(EventType::Phase, 1, 5));
        QVERIFY(eventFromJson(record).has_value());
        record["type"] = "levitation";
        QVERIFY(!eventFromJson(record));
        record["type"] = "phase";
        record.erase("segment");
        QVERIFY(!eventFromJson(record));
    }
};

QTEST_GUILESS_MAIN(TestProtocol)
#include "test_protocol.moc"
