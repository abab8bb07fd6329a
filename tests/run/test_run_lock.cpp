// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_lock.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lens;

namespace {

// Another process that holds a lock until it is killed.
class HoldingProcess {
public:
    explicit HoldingProcess(const std::filesystem::path& lockFile)
    {
        int ready[2];
        if (::pipe(ready) != 0)
            qFatal("no pipe");
        m_pid = ::fork();
        if (m_pid == 0) {
            const RunLock lock(lockFile);
            (void)!::write(ready[1], "x", 1);
            for (;;)
                ::pause();
        }
        char byte = 0;
        ::close(ready[1]);
        m_started = ::read(ready[0], &byte, 1) == 1;
        ::close(ready[0]);
    }
    ~HoldingProcess() { kill(); }

    void kill()
    {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }
    pid_t pid() const { return m_pid; }
    bool started() const { return m_started; }

private:
    pid_t m_pid = -1;
    bool m_started = false;
};

} // namespace

class TestRunLock : public QObject {
    Q_OBJECT

private slots:
    void anotherProcessHoldsIt()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        HoldingProcess other(file);
        QVERIFY(other.started());
        const auto holder = lockHolder(file);
        QVERIFY(holder.has_value());
        QCOMPARE(holder->pid, std::int64_t{other.pid()});
        QCOMPARE(holder->processStart, processStart(other.pid()).value());
        QCOMPARE(holder->host, hostName());
        QVERIFY(isSameProcess(*holder));
        try {
            const RunLock mine(file);
            QFAIL("took a held lock");
        } catch (const Error& error) {
            QVERIFY(error.first().what.find(std::to_string(other.pid())) != std::string::npos);
        }
        // The refused attempt has neither written into the file nor disturbed the lock.
        QCOMPARE(lockHolder(file)->pid, std::int64_t{other.pid()});
    }

    void aDeadHolderHoldsNothing()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        HoldingProcess other(file);
        const auto holder = lockHolder(file);
        other.kill();
        QVERIFY(!lockHolder(file));
        QVERIFY(!isSameProcess(*holder));
        const RunLock mine(file);
        QCOMPARE(lockHolder(file)->pid, ownPid());
    }

    void aProbeTakesNothing()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        QVERIFY(!lockHolder(file)); // and makes no file
        QVERIFY(!std::filesystem::exists(file));
        writeFileAtomically(file, "");
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(!lockHolder(file));
            const RunLock lock(file);
            QVERIFY(lockHolder(file).has_value());
        }
        QVERIFY(!lockHolder(file));
    }

    void aProbeNeedsNoRightToWrite()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        const RunLock lock(file);
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        QCOMPARE(lockHolder(file)->pid, ownPid());
    }

    void aReusedPidIsSomebodyElse()
    {
        LockHolder holder{ownPid(), processStart(ownPid()).value(), hostName(), 0};
        QVERIFY(isSameProcess(holder));
        holder.processStart += 1;
        QVERIFY(!isSameProcess(holder));
        holder.processStart -= 1;
        holder.host += "-other";
        QVERIFY(!isSameProcess(holder));
        QVERIFY(!isSameProcess(LockHolder{}));
    }

    void theHeartbeatIsTheFilesTime()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        RunLock lock(file);
        const timespec old[2] = {{1000, 0}, {1000, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, file.c_str(), old, 0), 0);
        QCOMPARE(lockHolder(file)->heartbeat, 1000.0);
        lock.beat();
        QVERIFY(std::abs(lockHolder(file)->heartbeat - unixNow()) < 5);
    }

    void childProgramsDoNotInheritIt()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        pid_t child = -1;
        {
            const RunLock lock(file);
            child = ::fork();
            if (child == 0) {
                ::execl("/bin/sleep", "sleep", "60", nullptr);
                ::_exit(1);
            }
            // Between fork and exec the child shares the open file; wait until it runs sleep.
            const std::string comm = "/proc/" + std::to_string(child) + "/comm";
            QTRY_COMPARE(readFile(comm), std::string("sleep\n"));
        }
        QVERIFY(!lockHolder(file));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }

    void garbageInTheFileIsNoHolder()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.path() / "run.lock";
        writeFileAtomically(file, "{\"pid\": 1, \"process_start\": 1, \"host\": \"x\"} and more \x01");
        QVERIFY(!lockHolder(file));
        const RunLock lock(file);
        QCOMPARE(lockHolder(file)->pid, ownPid());
    }
};

QTEST_GUILESS_MAIN(TestRunLock)
#include "test_run_lock.moc"
