// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The journal's `end` record for a death by a catchable signal (SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL):
// written with nothing but what is allowed inside a signal handler, so that the run is shown as failed with
// its reason and not as interrupted. One object a process.
#pragma once

#include <cstdint>
#include <filesystem>

namespace lens {

class LastWords {
public:
    // Opens the journal for itself. Without the file there will be no last words; that is no error.
    LastWords(const std::filesystem::path& journal, std::uint64_t segment);
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;

    // The step that last words will name (training thread).
    static void setStep(std::uint64_t step);
    // Appends the record; async-signal-safe. Does nothing without an object. The texts need no escaping.
    static void write(const char* state, const char* reason);
};

} // namespace lens
