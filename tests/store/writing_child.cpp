// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/store/writing_child.h"

#include "core/base/error.h"
#include "tests/store/made_rows.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lens::test {
namespace {

constexpr char kMark[] = "--write-segment";
constexpr char kFullDiskMark[] = "--full-disk-story";
constexpr int kReportDescriptor = 3;

void setFileSizeLimit(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

int write(const ChildTask& task)
{
    std::signal(SIGXFSZ, SIG_IGN);
    RunWriter writer(task.metricsFolder, madeSegment(task.segment, task.firstStep));
    if (task.fileSizeLimit > 0)
        setFileSizeLimit(task.fileSizeLimit);
    bool limited = task.fileSizeLimit > 0;
    for (std::uint64_t step = task.firstStep; step < task.firstStep + task.steps; ++step) {
        appendMade(writer, task.segment, step, step);
        if (task.microsecondsPerStep > 0)
            ::usleep(static_cast<useconds_t>(task.microsecondsPerStep));
        if (step % static_cast<std::uint64_t>(task.stepsPerSync) != 0)
            continue;
        if (writer.sync()) {
            if (::write(kReportDescriptor, &step, sizeof step) != sizeof step)
                return 3;
        } else if (limited && !writer.trouble().empty()) {
            setFileSizeLimit(RLIM_INFINITY);
            limited = false;
        }
    }
    const bool refused = task.fileSizeLimit == 0 || !limited;
    writer.close();
    return refused ? 0 : 4;
}

bool mountSmallDisk(const std::filesystem::path& mountPoint)
{
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    return ::mount("tmpfs", mountPoint.c_str(), "tmpfs", 0, "size=24m") == 0;
}

// Takes all the room that is left.
void fillDisk(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string block(4096, 'x');
    while (::write(descriptor, block.data(), block.size()) > 0) {
    }
    ::close(descriptor);
}

int fullDiskStory(const std::filesystem::path& mountPoint)
{
    constexpr std::uint64_t kSteps = 30000; // about 10 MB, the reserve is 4
    if (!mountSmallDisk(mountPoint))
        return 77;
    RunWriter writer(mountPoint / "metrics", madeSegment(1, 1));
    appendMade(writer, 1, 1, 100);
    if (!writer.sync() || !writer.trouble().empty())
        return 1;
    fillDisk(mountPoint / "filler");
    appendMade(writer, 1, 101, kSteps);
    if (writer.sync())
        return 2;
    if (writer.trouble().find("No space left on device") == std::string::npos)
        return 3;
    RunReader early(mountPoint);
    Delivered got;
    got.addAll(early);
    if (!got.fault(1, 1, 100).empty() || got.lastStep(1) >= kSteps)
        return 4;
    std::filesystem::remove(mountPoint / "filler");
    if (!writer.sync() || !writer.trouble().empty())
        return 5;
    writer.close();
    got.addAll(early);
    return got.fault(1, 1, kSteps).empty() && got.rows.size() == kSteps ? 0 : 6;
}

} // namespace

int runFullDiskStory(const std::filesystem::path& mountPoint)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string folder = mountPoint.string();
        ::execl("/proc/self/exe", "/proc/self/exe", kFullDiskMark, folder.c_str(), nullptr);
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

WritingChild::WritingChild(const ChildTask& task)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw systemError("cannot make a pipe", "test", errno);
    m_pipe = ends[0];
    ::fcntl(m_pipe, F_SETFL, O_NONBLOCK);
    const std::array<std::string, 9> words{"/proc/self/exe",
                                           kMark,
                                           task.metricsFolder.string(),
                                           std::to_string(task.segment),
                                           std::to_string(task.firstStep),
                                           std::to_string(task.steps),
                                           std::to_string(task.microsecondsPerStep),
                                           std::to_string(task.stepsPerSync),
                                           std::to_string(task.fileSizeLimit)};
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    m_process = ::fork();
    if (m_process == 0) {
        ::dup2(ends[1], kReportDescriptor);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
}

WritingChild::~WritingChild()
{
    kill();
    wait();
    ::close(m_pipe);
}

void WritingChild::kill()
{
    if (m_process > 0)
        ::kill(m_process, SIGKILL);
}

int WritingChild::wait()
{
    if (m_process <= 0)
        return -1;
    int status = 0;
    ::waitpid(m_process, &status, 0);
    m_process = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint64_t WritingChild::reportedStep()
{
    std::uint64_t step = 0;
    while (::read(m_pipe, &step, sizeof step) == sizeof step)
        m_reported = step;
    return m_reported;
}

int runAsChild(int argc, char** argv)
{
    if (argc == 3 && std::strcmp(argv[1], kFullDiskMark) == 0)
        return fullDiskStory(argv[2]);
    if (argc != 9 || std::strcmp(argv[1], kMark) != 0)
        return -1;
    ChildTask task;
    task.metricsFolder = argv[2];
    task.segment = std::stoull(argv[3]);
    task.firstStep = std::stoull(argv[4]);
    task.steps = std::stoull(argv[5]);
    task.microsecondsPerStep = std::stoi(argv[6]);
    task.stepsPerSync = std::stoi(argv[7]);
    task.fileSizeLimit = std::stoull(argv[8]);
    try {
        return write(task);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "writing child: %s\n", error.what());
        return 2;
    }
}

} // namespace lens::test
