// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_report.h"

#include "core/metrics/statistics.h"

namespace lens {
namespace {

Json spreadOf(const std::vector<StepTimes>& steps, double StepTimes::*field)
{
    std::vector<double> values;
    for (const StepTimes& step : steps)
        values.push_back(step.*field);
    return spread(values);
}

} // namespace

Json spread(const std::vector<double>& values)
{
    return {{"median", quantile(values, 0.5)}, {"min", quantile(values, 0)}, {"max", quantile(values, 1)}};
}

Json timesJson(const std::vector<StepTimes>& steps)
{
    return {{"step", spreadOf(steps, &StepTimes::total)},
            {"data", spreadOf(steps, &StepTimes::data)},
            {"forward", spreadOf(steps, &StepTimes::forward)},
            {"backward", spreadOf(steps, &StepTimes::backward)},
            {"optimizer", spreadOf(steps, &StepTimes::optimizer)},
            {"monitor", spreadOf(steps, &StepTimes::monitor)},
            {"rest", spreadOf(steps, &StepTimes::rest)}};
}

Json monitorJson(const std::vector<StepTimes>& on, const std::vector<StepTimes>& off)
{
    std::vector<double> differences;
    for (std::size_t i = 0; i < off.size(); ++i)
        differences.push_back(on[i].total - off[i].total);
    const Json without = spreadOf(off, &StepTimes::total);
    const double difference = quantile(differences, 0.5);
    return {{"on_seconds", spreadOf(on, &StepTimes::total)},
            {"off_seconds", without},
            {"difference_seconds", difference},
            {"share", difference / without["median"].get<double>()}};
}

Json productsJson(const std::vector<Product>& products, const std::vector<std::vector<double>>& seconds,
                  const std::string& type)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < products.size(); ++i) {
        const Product& product = products[i];
        const double median = quantile(seconds[i], 0.5);
        list.push_back({{"part", workPartName(product.part)},
                        {"m", product.m},
                        {"k", product.k},
                        {"n", product.n},
                        {"type", product.float32 ? "float32" : type},
                        {"count", product.count},
                        {"flops", product.flops()},
                        {"seconds", median},
                        {"gflops_per_second", 1e-9 * product.flops() / median}});
    }
    return list;
}

} // namespace lens
