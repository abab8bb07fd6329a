// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rows whose every value follows from segment and step, so that any row that is read can be checked alone.
#pragma once

#include "core/metrics/metrics_row.h"
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"

#include <string>
#include <vector>

namespace lens::test {

inline constexpr std::size_t kMadeModules = 5;

SegmentInfo madeSegment(std::uint64_t segment, std::uint64_t firstStep, std::size_t modules = kMadeModules);
// Some values are absent, some are NaN or infinite.
MetricsRow madeRow(std::uint64_t segment, std::uint64_t step);
// Every tenth step has one.
ModulesRow madeModules(std::uint64_t segment, std::uint64_t step, std::size_t modules = kMadeModules);
bool hasMadeModules(std::uint64_t step);

// Equal bit for bit where present.
bool sameRow(const MetricsRow& a, const MetricsRow& b);
bool sameModules(const ModulesRow& a, const ModulesRow& b);

// Appends steps [first, last] with their modules.
void appendMade(RunWriter& writer, std::uint64_t segment, std::uint64_t first, std::uint64_t last);

// All that a reader has delivered, in order.
struct Delivered {
    struct Row {
        std::uint64_t segment = 0;
        MetricsRow row;
    };
    struct Modules {
        std::uint64_t segment = 0;
        ModulesRow row;
    };
    std::vector<Row> rows;
    std::vector<Modules> modules;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> starts; // segment, first step

    void add(const MetricsBatch& batch);
    // Reads until nothing new comes.
    void addAll(RunReader& reader);
    // Empty if segment `segment` delivered exactly the steps [first, …] without gap or repetition, each
    // right, and at least up to `last`; else what is wrong.
    std::string fault(std::uint64_t segment, std::uint64_t first, std::uint64_t last) const;
    std::uint64_t lastStep(std::uint64_t segment) const;
};

} // namespace lens::test
