// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A start that fails before the trainer has its journal (a configuration with problems, a missing file) must
// not look like a run that waits: whoever watches the folder sees "failed" with the reason.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace lens {

class StartWatch {
public:
    // `runFolder` may be empty or not exist: then nothing is written.
    explicit StartWatch(std::filesystem::path runFolder);

    // Writes the `end` record, unless somebody wrote into the journal since, the run is in use, or it had
    // finished. Never throws.
    void failed(const std::string& reason) const;

private:
    std::filesystem::path m_folder;
    std::uintmax_t m_journalBytes = 0;
};

} // namespace lens
