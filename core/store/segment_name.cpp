// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/segment_name.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace lens {

std::string segmentFileName(const SegmentName& name)
{
    char text[64];
    if (name.part == 1)
        std::snprintf(text, sizeof text, "seg-%04" PRIu64 ".h5", name.segment);
    else
        std::snprintf(text, sizeof text, "seg-%04" PRIu64 "-%02" PRIu64 ".h5", name.segment, name.part);
    return text;
}

std::optional<SegmentName> segmentNameOf(const std::string& fileName)
{
    SegmentName name;
    if (std::sscanf(fileName.c_str(), "seg-%19" SCNu64 "-%19" SCNu64, &name.segment, &name.part) < 1)
        return std::nullopt;
    // Whatever else the name holds, it is not one of ours.
    return segmentFileName(name) == fileName ? std::optional(name) : std::nullopt;
}

std::vector<SegmentName> listSegments(const std::filesystem::path& metricsFolder)
{
    std::vector<SegmentName> names;
    std::error_code code;
    for (std::filesystem::directory_iterator entry(metricsFolder, code), end; !code && entry != end;
         entry.increment(code)) {
        if (const auto name = segmentNameOf(entry->path().filename().string()))
            names.push_back(*name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace lens
