// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Append-only JSON lines (events.jsonl, commands.jsonl, samples.jsonl). A writer appends whole lines; a
// reader takes whole lines only, so a line torn by a crash is never half-read. Not thread-safe: one owner per
// object.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace lens {

class JournalWriter {
public:
    // Opens or creates. A last line without newline (torn by a crash) is closed with a newline first.
    // reserveBytes > 0 keeps that much disk space allocated beyond the end, so that a full disk can still be
    // reported.
    explicit JournalWriter(const std::filesystem::path& path, std::uint64_t reserveBytes = 0);
    ~JournalWriter();
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;

    // One write(2) of a whole line. sync: fdatasync afterwards. Throws Error (a full disk included); what was
    // written of a refused line is closed before the next one, so the record may be appended again.
    void append(const Json& record, bool sync = false);

private:
    void reserve();

    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_reserveBytes = 0;
    bool m_torn = false; // the last line was refused half-way
};

class JournalReader {
public:
    explicit JournalReader(std::filesystem::path path);

    // Records that became whole since the last call. A missing file gives none. Lines that are not JSON
    // objects are skipped and counted. A file that became shorter is read again from its start.
    std::vector<Json> readNew();
    std::uint64_t unreadableLines() const { return m_unreadable; }

private:
    std::filesystem::path m_path;
    std::uint64_t m_offset = 0;
    std::uint64_t m_unreadable = 0;
};

// All whole records of a journal; none if it does not exist.
std::vector<Json> readJournal(const std::filesystem::path& path);

} // namespace lens
