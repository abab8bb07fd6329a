// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/consolidation.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/file_lock.h"
#include "core/store/module_map.h"
#include "core/store/run_reader.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::size_t kModulesBlockFloats = 4u << 20;

bool isFile(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::is_regular_file(path, code);
}

} // namespace

Consolidation::Consolidation(const std::filesystem::path& consolidated,
                             const std::filesystem::path& metricsFolder,
                             const std::vector<SegmentName>& names)
{
    if (isFile(consolidated)) {
        m_before = std::make_unique<ConsolidatedReader>(consolidated);
        m_header = {m_before->runId(), m_before->engineVersion(), m_before->configJson(),
                    m_before->moduleNames(), m_before->segments()};
    }
    for (const SegmentName& name : names) {
        m_parts.push_back(std::make_unique<SegmentReader>(metricsFolder / segmentFileName(name)));
        addHeaderOf(*m_parts.back());
    }
}

void Consolidation::addHeaderOf(const SegmentReader& part)
{
    const SegmentHeader& header = part.header();
    m_header.runId = header.runId;
    m_header.engineVersion = header.engineVersion;
    m_header.configJson = header.configJson;
    (void)ModuleMap(header.moduleNames, m_header.moduleNames); // appends what is new
    if (m_header.segments.empty() || m_header.segments.back().segment < header.segment)
        m_header.segments.push_back({header.segment, header.firstStep, 0, 0});
    else if (m_header.segments.back().segment > header.segment)
        throw Error("segment " + std::to_string(header.segment) +
                        " is older than what is consolidated already",
                    header.runId);
}

void Consolidation::writeTo(const std::filesystem::path& path)
{
    {
        ConsolidatedWriter writer(path, m_header);
        if (m_before)
            copyConsolidated(writer);
        copySegments(writer);
        writer.finish();
    }
    verify(path);
}

void Consolidation::copyConsolidated(ConsolidatedWriter& writer)
{
    for (std::size_t place = 0; place < m_before->segments().size(); ++place) {
        const layout::SegmentRecord& record = m_before->segments()[place];
        for (std::uint64_t row = 0; row < record.rows; row += layout::kReadBlockRows) {
            std::vector<MetricsRow> rows;
            m_before->readScalars(place, row,
                                  std::min<std::uint64_t>(record.rows - row, layout::kReadBlockRows), rows);
            addScalars(writer, place, rows);
        }
        for (std::uint64_t row = 0; row < record.modulesRows; row += modulesBlock()) {
            std::vector<ModulesRow> rows;
            m_before->readModules(place, row,
                                  std::min<std::uint64_t>(record.modulesRows - row, modulesBlock()), rows);
            addModules(writer, place, rows);
        }
    }
}

void Consolidation::copySegments(ConsolidatedWriter& writer)
{
    std::uint64_t seq = 0;
    std::uint64_t modulesSeq = 0;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const SegmentHeader& header = m_parts[i]->header();
        if (i == 0 || m_parts[i - 1]->header().segment != header.segment)
            seq = modulesSeq = 0;
        const auto place = std::find_if(m_header.segments.begin(), m_header.segments.end(),
                                        [&](const auto& record) { return record.segment == header.segment; });
        m_parts[i]->skipTo(seq, modulesSeq);
        copyPart(*m_parts[i], static_cast<std::size_t>(place - m_header.segments.begin()), writer);
        seq = std::max(seq, m_parts[i]->seq());
        modulesSeq = std::max(modulesSeq, m_parts[i]->modulesSeq());
    }
}

void Consolidation::copyPart(SegmentReader& part, std::size_t place, ConsolidatedWriter& writer)
{
    const ModuleMap modules(part.header().moduleNames, m_header.moduleNames);
    for (std::vector<MetricsRow> rows; part.readScalars(rows, layout::kReadBlockRows) > 0; rows.clear())
        addScalars(writer, place, rows);
    for (std::vector<ModulesRow> rows; part.readModules(rows, modulesBlock()) > 0; rows.clear()) {
        for (ModulesRow& row : rows)
            modules.apply(row);
        addModules(writer, place, rows);
    }
}

void Consolidation::addScalars(ConsolidatedWriter& writer, std::size_t place,
                               const std::vector<MetricsRow>& rows)
{
    writer.addScalars(place, rows);
    for (const MetricsRow& row : rows)
        m_digest.add(m_header.segments[place].segment, row);
}

void Consolidation::addModules(ConsolidatedWriter& writer, std::size_t place,
                               const std::vector<ModulesRow>& rows)
{
    writer.addModules(place, rows);
    for (ModulesRow row : rows) {
        row.values.resize(m_header.moduleNames.size() * kModuleFieldCount, kAbsentField);
        m_digest.add(m_header.segments[place].segment, row);
    }
}

std::size_t Consolidation::modulesBlock() const
{
    const std::size_t width = std::max<std::size_t>(1, m_header.moduleNames.size()) * kModuleFieldCount;
    return std::max<std::size_t>(1, kModulesBlockFloats / width);
}

void Consolidation::verify(const std::filesystem::path& path) const
{
    ConsolidatedReader written(path);
    RowDigest digest;
    for (std::size_t place = 0; place < written.segments().size(); ++place) {
        const layout::SegmentRecord& record = written.segments()[place];
        for (std::uint64_t row = 0; row < record.rows; row += layout::kReadBlockRows) {
            std::vector<MetricsRow> rows;
            written.readScalars(place, row,
                                std::min<std::uint64_t>(record.rows - row, layout::kReadBlockRows), rows);
            for (const MetricsRow& one : rows)
                digest.add(record.segment, one);
        }
        for (std::uint64_t row = 0; row < record.modulesRows; row += modulesBlock()) {
            std::vector<ModulesRow> rows;
            written.readModules(place, row, std::min<std::uint64_t>(record.modulesRows - row, modulesBlock()),
                                rows);
            for (const ModulesRow& one : rows)
                digest.add(record.segment, one);
        }
    }
    if (!(digest == m_digest))
        throw Error("reads back different from what was written", path.string());
}

namespace {

struct RunFiles {
    std::filesystem::path folder;

    std::filesystem::path segments() const { return folder / layout::kSegmentsFolder; }
    std::filesystem::path consolidated() const { return folder / layout::kConsolidatedFile; }
    std::filesystem::path temporary() const
    {
        return folder / (std::string(layout::kConsolidatedFile) + ".tmp");
    }
    std::filesystem::path segment(const SegmentName& name) const
    {
        return segments() / segmentFileName(name);
    }
};

// Segments that a consolidation was interrupted in removing.
std::vector<SegmentName> removeConsolidated(const RunFiles& files, std::vector<SegmentName> names)
{
    if (!isFile(files.consolidated()) || names.empty())
        return names;
    const ConsolidatedReader reader(files.consolidated());
    const auto isContained = [&](const SegmentName& name) {
        return std::any_of(reader.segments().begin(), reader.segments().end(),
                           [&](const auto& record) { return record.segment == name.segment; });
    };
    for (const SegmentName& name : names) {
        if (isContained(name))
            std::filesystem::remove(files.segment(name));
    }
    std::erase_if(names, isContained);
    return names;
}

void requireEnded(const RunFiles& files, const std::vector<SegmentName>& names)
{
    std::uintmax_t bytes = 0;
    for (const SegmentName& name : names) {
        if (isFileLocked(files.segment(name)))
            throw Error("is still being written", files.segment(name).string());
        bytes += std::filesystem::file_size(files.segment(name));
    }
    if (freeBytes(files.folder) < bytes)
        throw Error("not enough room on the disk to consolidate the metrics", files.folder.string(),
                    std::to_string((bytes >> 20) + 1) + " MiB are needed");
}

void removeTemporary(const RunFiles& files)
{
    // Emptied first: HDF5 may still have it open after a failure.
    if (::truncate(files.temporary().c_str(), 0) == 0)
        ::unlink(files.temporary().c_str());
}

void consolidate(const RunFiles& files, const std::vector<SegmentName>& names)
{
    removeTemporary(files);
    try {
        Consolidation(files.consolidated(), files.segments(), names).writeTo(files.temporary());
        syncPath(files.temporary());
        if (::rename(files.temporary().c_str(), files.consolidated().c_str()) != 0)
            throw systemError("cannot rename into place", files.consolidated().string(), errno);
    } catch (...) {
        removeTemporary(files);
        throw;
    }
    syncPath(files.folder);
    for (const SegmentName& name : names)
        std::filesystem::remove(files.segment(name));
}

} // namespace

void consolidateRun(const std::filesystem::path& runFolder)
{
    silenceHdf5();
    const RunFiles files{runFolder};
    if (listSegments(files.segments()).empty())
        return;
    const FileLock lock(runFolder / layout::kMaintenanceLock, "another program is at work on this run");
    try {
        const auto names = removeConsolidated(files, listSegments(files.segments()));
        if (names.empty())
            return;
        requireEnded(files, names);
        consolidate(files, names);
    } catch (const std::filesystem::filesystem_error& error) {
        throw Error(error.code().message(), error.path1().string());
    }
}

} // namespace lens
