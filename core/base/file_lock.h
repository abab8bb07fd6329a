// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// An exclusive open-file-description lock (F_OFD_SETLK): freed by the kernel when the process ends, and a
// probe (F_OFD_GETLK) takes nothing. Used for maintenance.lock and for segments that are being written.
#pragma once

#include <filesystem>
#include <string>

namespace lens {

// Takes the lock on an open descriptor; false if somebody else has it. Throws Error on anything else.
bool takeFileLock(int descriptor, const std::string& path);

// Whether somebody holds the lock. A missing or unreadable file is not locked.
bool isFileLocked(const std::filesystem::path& path);

// A lock file held for the lifetime of the object. It is created where missing and stays.
class FileLock {
public:
    // Throws Error (what = `busyText`) if somebody else holds it.
    FileLock(const std::filesystem::path& path, const std::string& busyText);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int m_descriptor = -1;
};

} // namespace lens
