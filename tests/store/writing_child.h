// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A second process (this same program) that writes a segment, to be followed, killed or refused disk space.
#pragma once

#include <cstdint>
#include <filesystem>
#include <sys/types.h>

namespace lens::test {

struct ChildTask {
    std::filesystem::path metricsFolder;
    std::uint64_t segment = 1;
    std::uint64_t firstStep = 1;
    std::uint64_t steps = 1000;
    int microsecondsPerStep = 0;
    int stepsPerSync = 10;           // the child reports a step once it is synced
    std::uint64_t fileSizeLimit = 0; // bytes, lifted after refusal was seen; 0: none
};

class WritingChild {
public:
    explicit WritingChild(const ChildTask& task);
    ~WritingChild();
    WritingChild(const WritingChild&) = delete;
    WritingChild& operator=(const WritingChild&) = delete;

    void kill();
    // Waits for its end; its exit status, or -1 if it was killed.
    int wait();
    // The last step it reported as safe; 0 if none.
    std::uint64_t reportedStep();

private:
    pid_t m_process = -1;
    int m_pipe = -1;
    std::uint64_t m_reported = 0;
};

// Runs a whole full-disk story in a child with a small file system of its own: a disk that fills up while
// rows are appended and gets room again. 0 if all went as it should; 77 if this system does not let us mount;
// else the number of the step that failed.
int runFullDiskStory(const std::filesystem::path& mountPoint);

// To be called first in main(): runs the task and returns its exit status if this is such a child, else -1.
int runAsChild(int argc, char** argv);

} // namespace lens::test
