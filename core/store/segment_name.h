// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The names of segment files: seg-0001.h5 for the first engine start, seg-0001-02.h5 for its second part.
// Private to core/store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace lens {

struct SegmentName {
    std::uint64_t segment = 0;
    std::uint64_t part = 1;
    bool operator<(const SegmentName& other) const
    {
        return std::tie(segment, part) < std::tie(other.segment, other.part);
    }
    bool operator==(const SegmentName&) const = default;
};

std::string segmentFileName(const SegmentName& name);
std::optional<SegmentName> segmentNameOf(const std::string& fileName);

// The segment files of a folder in order; none if the folder does not exist.
std::vector<SegmentName> listSegments(const std::filesystem::path& metricsFolder);

} // namespace lens
