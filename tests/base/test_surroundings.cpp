// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The machine, the process and the installation, against what other ways of asking say.
#include "core/base/cpu_quota.h"
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

#include <sched.h>
#include <unistd.h>

using namespace lens;

namespace {

// A made-up /proc and /sys.
class MadeRoot {
public:
    void write(const std::string& path, const std::string& text) const
    {
        const auto file = m_folder.path() / path;
        std::filesystem::create_directories(file.parent_path());
        writeFileAtomically(file, text);
    }
    std::optional<double> quota() const { return cpuQuota(m_folder.path()); }

private:
    test::TemporaryFolder m_folder;
};

} // namespace

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

    void onlyUsableCoresCount()
    {
        cpu_set_t before;
        QCOMPARE(::sched_getaffinity(0, sizeof before, &before), 0);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int cpu = CPU_SETSIZE - 1; cpu >= 0 && CPU_COUNT(&one) == 0; --cpu)
            if (CPU_ISSET(cpu, &before))
                CPU_SET(cpu, &one);
        QCOMPARE(::sched_setaffinity(0, sizeof one, &one), 0);
        const int cores = physicalCores();
        const int logical = readMachine().logicalCores;
        QCOMPARE(::sched_setaffinity(0, sizeof before, &before), 0);
        QCOMPARE(cores, 1);
        QCOMPARE(logical, 1);
    }

    void withoutControlGroupsThereIsNoQuota()
    {
        const MadeRoot root;
        QVERIFY(!root.quota());
        root.write("proc/self/cgroup", "0::/\nnonsense\n5:cpu:/\n");
        QVERIFY(!root.quota());
        root.write("sys/fs/cgroup/cpu.max", "max 100000\n");
        root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        root.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        QVERIFY(!root.quota());
    }

    // The tightest group counts, from the process's own to the top.
    void quotaOfVersion2()
    {
        const MadeRoot root;
        root.write("proc/self/cgroup", "0::/a.slice/b.service\n");
        root.write("sys/fs/cgroup/a.slice/b.service/cpu.max", "max 100000\n");
        root.write("sys/fs/cgroup/a.slice/cpu.max", "150000 100000\n");
        QCOMPARE(root.quota(), std::optional(1.5));
        root.write("sys/fs/cgroup/a.slice/b.service/cpu.max", "25000 50000\n");
        QCOMPARE(root.quota(), std::optional(0.5));
        root.write("sys/fs/cgroup/cpu.max", "10000 100000\n"); // a container's own, seen as the top
        QCOMPARE(root.quota(), std::optional(0.1));
    }

    void quotaOfVersion1()
    {
        const MadeRoot root;
        root.write("proc/self/cgroup", "9:name=systemd:/x\n4:cpuset,cpuacct:/y\n3:cpu,cpuacct:/docker/c\n");
        root.write("sys/fs/cgroup/cpu/docker/c/cpu.cfs_quota_us", "300000\n");
        root.write("sys/fs/cgroup/cpu/docker/c/cpu.cfs_period_us", "100000\n");
        root.write("sys/fs/cgroup/cpu/y/cpu.cfs_quota_us", "100000\n"); // of another group
        root.write("sys/fs/cgroup/cpu/y/cpu.cfs_period_us", "100000\n");
        QCOMPARE(root.quota(), std::optional(3.0));
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
