// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Copies all valid rows of a run into one new consolidated file and proves that they are all there. Behind
// consolidateRun(); knows nothing of locks and of removing.
#pragma once

#include "core/store/consolidated_reader.h"
#include "core/store/consolidated_writer.h"
#include "core/store/row_summary.h"
#include "core/store/segment_name.h"
#include "core/store/segment_reader.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace lens {

class Consolidation {
public:
    // The consolidated file there may be, and segments that are not in it. Throws Error if one cannot be
    // read.
    Consolidation(const std::filesystem::path& consolidated, const std::filesystem::path& metricsFolder,
                  const std::vector<SegmentName>& names);

    // Writes the file, reads it again and compares. Throws Error.
    void writeTo(const std::filesystem::path& path);

private:
    void addHeaderOf(const SegmentReader& part);
    void copyConsolidated(ConsolidatedWriter& writer);
    void copySegments(ConsolidatedWriter& writer);
    void copyPart(SegmentReader& part, std::size_t place, ConsolidatedWriter& writer);
    void addScalars(ConsolidatedWriter& writer, std::size_t place, const std::vector<MetricsRow>& rows);
    void addModules(ConsolidatedWriter& writer, std::size_t place, const std::vector<ModulesRow>& rows);
    std::size_t modulesBlock() const;
    void verify(const std::filesystem::path& path) const;

    std::unique_ptr<ConsolidatedReader> m_before;
    std::vector<std::unique_ptr<SegmentReader>> m_parts;
    ConsolidatedHeader m_header;
    RowDigest m_digest;
};

} // namespace lens
