// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/start_watch.h"

#include "core/base/journal.h"
#include "core/protocol/event.h"
#include "core/run/run_status.h"

#include <exception>

namespace lens {
namespace {

std::uintmax_t sizeOf(const std::filesystem::path& file)
{
    std::error_code code;
    const auto bytes = std::filesystem::file_size(file, code);
    return code ? 0 : bytes;
}

} // namespace

StartWatch::StartWatch(std::filesystem::path runFolder)
    : m_folder(std::move(runFolder))
    , m_journalBytes(m_folder.empty() ? 0 : sizeOf(RunPaths{m_folder}.events()))
{
}

void StartWatch::failed(const std::string& reason) const
{
    try {
        std::error_code code;
        const RunPaths paths{m_folder};
        if (m_folder.empty() || !std::filesystem::is_directory(m_folder, code))
            return;
        const RunStatus status = readRunStatus(paths);
        if (status.holder || status.state == RunState::Finished || sizeOf(paths.events()) != m_journalBytes)
            return;
        JournalWriter(paths.events())
            .append(toJson(makeEvent(EventType::End, status.segment, status.step,
                                     {{"state", "failed"}, {"reason", reason}, {"seconds", 0}})),
                    true);
    } catch (const std::exception&) {
        // The reason is on stderr in any case.
    }
}

} // namespace lens
