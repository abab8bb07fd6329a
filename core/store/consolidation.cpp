// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/consolidation.h"

#include "core/base/error.h"
#include "core/store/module_map.h"

#include <algorithm>

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

} // namespace lens
