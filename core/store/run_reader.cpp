// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/run_reader.h"

#include "core/base/error.h"
#include "core/store/consolidated_reader.h"
#include "core/store/module_map.h"
#include "core/store/segment_name.h"
#include "core/store/segment_reader.h"

#include <algorithm>
#include <exception>
#include <map>
#include <sys/stat.h>

namespace lens {
namespace {

// A file that cannot be read although a newer one exists is given up after this many attempts.
constexpr int kMostFailures = 3;
constexpr std::size_t kMostModulesFloats = 16u << 20;

// Tells whether another file has taken the name.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    bool operator==(const FileIdentity&) const = default;
};

// All zero if there is no such file.
FileIdentity identityOf(const std::filesystem::path& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

} // namespace

class RunReader::State {
public:
    explicit State(std::filesystem::path runFolder) : m_folder(std::move(runFolder)) {}

    MetricsBatch readNew(std::size_t maxRows);
    const std::vector<std::string>& moduleNames() const { return m_moduleNames; }
    std::string trouble() const { return m_lost + m_trouble; }

private:
    // What was delivered of an engine start: the seq of the last rows.
    struct Progress {
        std::uint64_t seq = 0;
        std::uint64_t modulesSeq = 0;
    };

    bool readOnce(MetricsBatch& batch, std::size_t& room);
    void openConsolidated();
    void readConsolidated(MetricsBatch& batch, std::size_t& room);
    void readConsolidatedSegment(std::size_t place, MetricsBatch& batch, std::size_t& room);
    bool isConsolidated(std::uint64_t segment) const;
    bool readSegments(const std::vector<SegmentName>& names, MetricsBatch& batch, std::size_t& room);
    bool openNext(const std::vector<SegmentName>& names, MetricsBatch& batch);
    bool readCurrent(MetricsBatch& batch, std::size_t& room);
    Progress& progressOf(std::uint64_t segment, std::uint64_t firstStep, MetricsBatch& batch);
    bool giveUp(const std::string& reason, bool newerExists);
    void deliver(MetricsBatch& batch, MetricsBatch::Part part);
    std::size_t mostModulesRows(std::size_t modules) const;
    std::filesystem::path pathOf(const SegmentName& name) const;

    std::filesystem::path m_folder;
    std::map<std::uint64_t, Progress> m_progress; // by segment
    std::vector<std::string> m_moduleNames;
    std::string m_trouble; // of the last call
    std::string m_lost;    // files that were given up

    FileIdentity m_consolidatedIdentity;
    std::unique_ptr<ConsolidatedReader> m_consolidated;
    ModuleMap m_consolidatedModules;

    SegmentName m_done{0, 0}; // read to its end, as all before it
    SegmentName m_currentName;
    std::unique_ptr<SegmentReader> m_current;
    ModuleMap m_currentModules;
    int m_failures = 0;
};

MetricsBatch RunReader::State::readNew(std::size_t maxRows)
{
    silenceHdf5();
    MetricsBatch batch;
    m_trouble.clear();
    std::size_t room = maxRows;
    for (int attempt = 0; attempt < kMostFailures && !readOnce(batch, room); ++attempt) {
    }
    return batch;
}

// False if a segment vanished while it was looked for: a consolidation has its rows in metrics.h5 now.
bool RunReader::State::readOnce(MetricsBatch& batch, std::size_t& room)
{
    const std::vector<SegmentName> names = listSegments(m_folder / layout::kSegmentsFolder);
    try {
        openConsolidated();
        readConsolidated(batch, room);
    } catch (const std::exception& error) {
        m_consolidated.reset();
        m_consolidatedIdentity = {};
        m_trouble = error.what();
    }
    try {
        return readSegments(names, batch, room);
    } catch (const std::exception& error) {
        m_trouble = error.what();
        return true;
    }
}

// A consolidation may happen at any time: it puts metrics.h5 in place first and removes the segments then. So
// the segments are listed first: one of them that is not in metrics.h5 and cannot be found any more tells
// that it happened in between. What was delivered is known by segment and seq, wherever it came from.
void RunReader::State::openConsolidated()
{
    const auto path = m_folder / layout::kConsolidatedFile;
    const FileIdentity identity = identityOf(path);
    if (identity == m_consolidatedIdentity)
        return;
    m_consolidatedIdentity = {};
    m_consolidated.reset();
    if (identity == FileIdentity{})
        return;
    m_consolidated = std::make_unique<ConsolidatedReader>(path);
    m_consolidatedIdentity = identity;
    m_consolidatedModules = ModuleMap(m_consolidated->moduleNames(), m_moduleNames);
    if (m_current && isConsolidated(m_current->header().segment))
        m_current.reset();
}

bool RunReader::State::isConsolidated(std::uint64_t segment) const
{
    if (!m_consolidated)
        return false;
    const auto& segments = m_consolidated->segments();
    return std::any_of(segments.begin(), segments.end(),
                       [segment](const auto& record) { return record.segment == segment; });
}

void RunReader::State::readConsolidated(MetricsBatch& batch, std::size_t& room)
{
    for (std::size_t place = 0; m_consolidated && place < m_consolidated->segments().size() && room > 0;
         ++place)
        readConsolidatedSegment(place, batch, room);
}

// Delivers block by block, so that an error later on takes nothing back.
void RunReader::State::readConsolidatedSegment(std::size_t place, MetricsBatch& batch, std::size_t& room)
{
    const layout::SegmentRecord& record = m_consolidated->segments()[place];
    Progress& progress = progressOf(record.segment, record.firstStep, batch);
    while (room > 0 && progress.seq < record.rows) {
        MetricsBatch::Part part{record.segment, record.firstStep, false, {}, {}};
        const auto count =
            std::min<std::uint64_t>({room, record.rows - progress.seq, layout::kReadBlockRows});
        m_consolidated->readScalars(place, progress.seq, count, part.rows);
        progress.seq += count;
        room -= count;
        deliver(batch, std::move(part));
    }
    if (room == 0 || progress.modulesSeq >= record.modulesRows)
        return;
    MetricsBatch::Part part{record.segment, record.firstStep, false, {}, {}};
    const auto count = std::min<std::uint64_t>(mostModulesRows(m_consolidated->moduleNames().size()),
                                               record.modulesRows - progress.modulesSeq);
    m_consolidated->readModules(place, progress.modulesSeq, count, part.modules);
    for (ModulesRow& row : part.modules)
        m_consolidatedModules.apply(row);
    progress.modulesSeq += count;
    if (progress.modulesSeq < record.modulesRows)
        room = 0; // the rest with the next call
    deliver(batch, std::move(part));
}

// Announces the segment if it is new.
RunReader::State::Progress& RunReader::State::progressOf(std::uint64_t segment, std::uint64_t firstStep,
                                                         MetricsBatch& batch)
{
    const auto [entry, isNew] = m_progress.try_emplace(segment);
    if (isNew)
        deliver(batch, {segment, firstStep, true, {}, {}});
    return entry->second;
}

// The list was made before reading: if it holds a newer file, the older one does not grow any more and is
// left once it is read to its end.
bool RunReader::State::readSegments(const std::vector<SegmentName>& names, MetricsBatch& batch,
                                    std::size_t& room)
{
    while (room > 0 && !names.empty()) {
        bool atEnd = false;
        try {
            if (!m_current && !openNext(names, batch))
                return true;
            atEnd = readCurrent(batch, room);
            m_failures = 0;
        } catch (const Error& error) {
            m_current.reset();
            std::error_code code;
            if (!std::filesystem::exists(pathOf(m_currentName), code))
                return false;
            if (!giveUp(error.what(), m_currentName < names.back()))
                return true;
            continue;
        }
        if (!atEnd || !(m_currentName < names.back()))
            return true;
        m_done = m_currentName;
        m_current.reset();
    }
    return true;
}

bool RunReader::State::openNext(const std::vector<SegmentName>& names, MetricsBatch& batch)
{
    const auto next = std::find_if(names.begin(), names.end(), [this](const SegmentName& name) {
        return m_done < name && !isConsolidated(name.segment);
    });
    if (next == names.end())
        return false;
    m_currentName = *next;
    m_current = std::make_unique<SegmentReader>(pathOf(*next));
    const SegmentHeader& header = m_current->header();
    if (header.segment != next->segment)
        throw Error("carries the number of another segment", segmentFileName(*next));
    m_currentModules = ModuleMap(header.moduleNames, m_moduleNames);
    const Progress& progress = progressOf(header.segment, header.firstStep, batch);
    m_current->skipTo(progress.seq, progress.modulesSeq);
    return true;
}

// Returns whether all that is there was read. Rows read before an error are delivered.
bool RunReader::State::readCurrent(MetricsBatch& batch, std::size_t& room)
{
    const SegmentHeader& header = m_current->header();
    const std::size_t mostModules = mostModulesRows(header.moduleNames.size());
    MetricsBatch::Part part{header.segment, header.firstStep, false, {}, {}};
    std::exception_ptr problem;
    try {
        m_current->readScalars(part.rows, room);
        m_current->readModules(part.modules, mostModules);
    } catch (const Error&) {
        problem = std::current_exception();
    }
    Progress& progress = m_progress[header.segment];
    progress.seq = std::max(progress.seq, m_current->seq());
    progress.modulesSeq = std::max(progress.modulesSeq, m_current->modulesSeq());
    for (ModulesRow& row : part.modules)
        m_currentModules.apply(row);
    const bool atEnd = part.rows.size() < room && part.modules.size() < mostModules;
    room -= part.rows.size();
    if (!part.rows.empty() || !part.modules.empty())
        deliver(batch, std::move(part));
    if (problem)
        std::rethrow_exception(problem);
    return atEnd;
}

// An unreadable file is tried again, and left behind if a newer one exists. Returns whether to go on at once.
bool RunReader::State::giveUp(const std::string& reason, bool newerExists)
{
    ++m_failures;
    if (!newerExists) {
        m_trouble = reason;
        return false;
    }
    if (m_failures >= kMostFailures) {
        m_lost += reason + "\n";
        m_done = m_currentName;
        m_failures = 0;
    }
    return true;
}

void RunReader::State::deliver(MetricsBatch& batch, MetricsBatch::Part part)
{
    if (batch.parts.empty() || batch.parts.back().segment != part.segment || part.newSegment) {
        batch.parts.push_back(std::move(part));
        return;
    }
    MetricsBatch::Part& last = batch.parts.back();
    std::move(part.rows.begin(), part.rows.end(), std::back_inserter(last.rows));
    std::move(part.modules.begin(), part.modules.end(), std::back_inserter(last.modules));
}

std::size_t RunReader::State::mostModulesRows(std::size_t modules) const
{
    return std::max<std::size_t>(1, kMostModulesFloats /
                                        (std::max<std::size_t>(modules, 1) * kModuleFieldCount));
}

std::filesystem::path RunReader::State::pathOf(const SegmentName& name) const
{
    return m_folder / layout::kSegmentsFolder / segmentFileName(name);
}

RunReader::RunReader(std::filesystem::path runFolder) : m_state(std::make_unique<State>(std::move(runFolder)))
{
}

RunReader::~RunReader() = default;

MetricsBatch RunReader::readNew(std::size_t maxRows)
{
    return m_state->readNew(maxRows);
}

const std::vector<std::string>& RunReader::moduleNames() const
{
    return m_state->moduleNames();
}

std::string RunReader::trouble() const
{
    return m_state->trouble();
}

} // namespace lens
