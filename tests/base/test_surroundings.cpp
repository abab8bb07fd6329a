// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The machine, the process and the installation, against what other ways of asking say.
#include "core/base/file.h"
#include "core/base/install_paths.h"
#include "core/base/json_fields.h"
#include "core/base/loaded_blas.h"
#include "core/base/machine.h"
#include "core/base/process.h"
#include "tests/support/test_paths.h"

#include <QCoreApplication>
#include <QSysInfo>
#include <QTest>
#include <QThread>

#include <unistd.h>

using namespace lens;

class TestSurroundings : public QObject {
    Q_OBJECT

private slots:
    void theMachineIsThisOne()
    {
        const Machine machine = readMachine();
        QCOMPARE(machine.host, QSysInfo::machineHostName().toStdString());
        QCOMPARE(machine.kernel, QSysInfo::kernelVersion().toStdString());
        QCOMPARE(machine.system, QSysInfo::prettyProductName().toStdString());
        QCOMPARE(machine.logicalCores, QThread::idealThreadCount());
        QVERIFY(machine.physicalCores >= 1 && machine.physicalCores <= machine.logicalCores);
        const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
        QCOMPARE(machine.memoryBytes, pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
        QVERIFY(machine.availableBytes > 0 && machine.availableBytes <= machine.memoryBytes);
        QVERIFY(!machine.cpu.empty());
    }

    void aProcessHasItsStart()
    {
        QCOMPARE(ownPid(), QCoreApplication::applicationPid());
        const auto own = processStart(ownPid());
        QVERIFY(own.has_value());
        QCOMPARE(processStart(ownPid()), own);
        QVERIFY(processStart(1).value() < *own); // init is older, and has a name in parentheses too
        QVERIFY(!processStart(-5) && !processStart(999999999));
    }

    void partsFindEachOther()
    {
        QCOMPARE(programFolder().string(), QCoreApplication::applicationDirPath().toStdString());
        const QByteArray engine = qgetenv("LENS_ENGINE");
        qunsetenv("LENS_RESOURCES");
        QCOMPARE(resourceFolder(), test::sourceFolder() / "resources");
        qputenv("LENS_RESOURCES", "/r");
        QCOMPARE(resourceFolder().string(), std::string("/r"));
        qunsetenv("LENS_RESOURCES");
        qputenv("LENS_ENGINE", "/e");
        QCOMPARE(engineProgram().string(), std::string("/e"));
        qunsetenv("LENS_ENGINE");
        const auto built = test::buildFolder() / "bin/training-lens-engine";
        QCOMPARE(engineProgram(), std::filesystem::exists(built) ? built : std::filesystem::path());
        qputenv("LENS_ENGINE", engine);
    }

    void aProgramWithoutBlasHasNone()
    {
        QVERIFY(loadedBlas().path.empty() && !loadedBlas().fast);
        QCOMPARE(loadedBlas().text(), std::string("none"));
    }

    void fieldsOfForeignJsonAreChecked()
    {
        std::vector<Problem> problems;
        const Json json = {{"n", 4.0},        {"big", 99},      {"s", 5},
                           {"null", nullptr}, {"list", {1, 2}}, {"mixed", {1, "x"}}};
        const JsonFields fields(json, "f", problems);
        QCOMPARE(fields.integer("n", 0, 0, 10), 4);
        QCOMPARE(fields.integer("missing", 7, 0, 10), 7);
        QCOMPARE(fields.integer("null", 7, 0, 10), 7);
        QCOMPARE(fields.integerOrList("list"), (std::vector<std::int64_t>{1, 2}));
        QCOMPARE(fields.integerOrList("n"), std::vector<std::int64_t>{4});
        QVERIFY(problems.empty());
        QCOMPARE(fields.integer("big", 3, 0, 10), 3);
        QCOMPARE(fields.text("s", "d"), std::string("d"));
        QCOMPARE(fields.requiredInteger("missing", 1, 10), 1);
        QVERIFY(!fields.boolean("s", false));
        fields.textList("mixed");
        QCOMPARE(problems.size(), std::size_t{5});
        QCOMPARE(problems.front().text(),
                 std::string("f: big: found 99, a whole number is needed, allowed 0 to 10"));
        QVERIFY(!wholeNumber(0.5) && !wholeNumber(1e300) && !wholeNumber("4") && !wholeNumber(UINT64_MAX));
    }
};

QTEST_GUILESS_MAIN(TestSurroundings)
#include "test_surroundings.moc"
