// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/store/made_rows.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace lens::test {

SegmentInfo madeSegment(std::uint64_t segment, std::uint64_t firstStep, std::size_t modules)
{
    SegmentInfo info{"run-1", segment, firstStep, "{\"r\": 8}", {}};
    for (std::size_t i = 0; i < modules; ++i)
        info.moduleNames.push_back("model.layers." + std::to_string(i) + ".self_attn.q_proj");
    return info;
}

MetricsRow madeRow(std::uint64_t segment, std::uint64_t step)
{
    MetricsRow row;
    row.step = step;
    row.seconds = 0.25 * static_cast<double>(step) + 1e-3;
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        if ((step + i) % 7 == 0)
            continue; // absent
        double value = std::sin(static_cast<double>(step * 31 + i)) * 1e3 + static_cast<double>(segment);
        if ((step + 2 * i) % 11 == 0)
            value = std::numeric_limits<double>::quiet_NaN();
        if ((step + 3 * i) % 13 == 0)
            value = -std::numeric_limits<double>::infinity();
        row.set(static_cast<Series>(i), value);
    }
    return row;
}

bool hasMadeModules(std::uint64_t step)
{
    return step % 10 == 0;
}

ModulesRow madeModules(std::uint64_t segment, std::uint64_t step, std::size_t modules)
{
    ModulesRow row{step, 0.25 * static_cast<double>(step), {}};
    for (std::size_t i = 0; i < modules * kModuleFieldCount; ++i)
        row.values.push_back((step / 10 + i) % 9 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                      : static_cast<float>(step * 100 + i * 7 + segment));
    return row;
}

bool sameRow(const MetricsRow& a, const MetricsRow& b)
{
    if (a.step != b.step || a.present != b.present ||
        std::memcmp(&a.seconds, &b.seconds, sizeof a.seconds) != 0)
        return false;
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        if (a.has(static_cast<Series>(i)) && std::memcmp(&a.values[i], &b.values[i], sizeof(double)) != 0)
            return false;
    }
    return true;
}

bool sameModules(const ModulesRow& a, const ModulesRow& b)
{
    return a.step == b.step && a.seconds == b.seconds && a.values.size() == b.values.size() &&
           std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(float)) == 0;
}

void appendMade(RunWriter& writer, std::uint64_t segment, std::uint64_t first, std::uint64_t last)
{
    for (std::uint64_t step = first; step <= last; ++step) {
        if (hasMadeModules(step))
            writer.append(madeModules(segment, step));
        writer.append(madeRow(segment, step));
    }
}

void Delivered::add(const MetricsBatch& batch)
{
    for (const MetricsBatch::Part& part : batch.parts) {
        if (part.newSegment)
            starts.emplace_back(part.segment, part.firstStep);
        for (const MetricsRow& row : part.rows)
            rows.push_back({part.segment, row});
        for (const ModulesRow& row : part.modules)
            modules.push_back({part.segment, row});
    }
}

void Delivered::addAll(RunReader& reader)
{
    for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew())
        add(batch);
}

std::uint64_t Delivered::lastStep(std::uint64_t segment) const
{
    std::uint64_t last = 0;
    for (const Row& row : rows)
        last = row.segment == segment ? row.row.step : last;
    return last;
}

std::string Delivered::fault(std::uint64_t segment, std::uint64_t first, std::uint64_t last) const
{
    std::uint64_t next = first;
    for (const Row& row : rows) {
        if (row.segment != segment)
            continue;
        if (row.row.step != next)
            return "step " + std::to_string(row.row.step) + " where " + std::to_string(next) + " is due";
        if (!sameRow(row.row, madeRow(segment, next)))
            return "wrong values at step " + std::to_string(next);
        ++next;
    }
    if (next <= last)
        return "ends before step " + std::to_string(next);
    std::uint64_t nextModules = (first + 9) / 10 * 10;
    for (const Modules& row : modules) {
        if (row.segment != segment)
            continue;
        if (!sameModules(row.row, madeModules(segment, nextModules)))
            return "wrong modules at step " + std::to_string(row.row.step);
        nextModules += 10;
    }
    return nextModules <= last ? "no modules of step " + std::to_string(nextModules) : "";
}

} // namespace lens::test
