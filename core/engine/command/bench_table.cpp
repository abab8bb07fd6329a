// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_table.h"

#include <cstdio>
#include <functional>

namespace lens {
namespace {

constexpr std::size_t kNameWidth = 30;
constexpr std::size_t kColumnWidth = 25;
constexpr double kMebi = 1024.0 * 1024.0;

std::string number(const char* format, double value)
{
    char text[48];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// Characters as a terminal shows them: bytes that begin one.
std::size_t width(const std::string& text)
{
    std::size_t count = 0;
    for (const char byte : text)
        count += (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
    return count;
}

std::string padded(const std::string& text, std::size_t columns)
{
    const std::size_t used = width(text);
    return text + std::string(used < columns ? columns - used : 1, ' ');
}

std::string fact(const std::string& name, const std::string& value)
{
    return padded(name, kNameWidth) + value + "\n";
}

// "402 (398 … 410)"
std::string spread(const Json& values, const char* format, double factor)
{
    const auto shown = [&](const char* key) { return number(format, factor * values[key].get<double>()); };
    return shown("median") + " (" + shown("min") + " … " + shown("max") + ")";
}

using Cell = std::function<std::string(const Json&)>;

struct Row {
    std::string name;
    Cell cell; // may give nothing: "–"
};

std::string table(const Json& variants, const std::vector<Row>& rows)
{
    std::string text;
    for (const Row& row : rows) {
        std::string line = padded(row.name, kNameWidth);
        bool any = row.name.empty();
        for (const Json& variant : variants) {
            const std::string value = row.cell(variant);
            any = any || !value.empty();
            line += padded(value.empty() ? "–" : value, kColumnWidth);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        if (any)
            text += line + "\n";
    }
    return text;
}

Row milliseconds(const char* name, const char* key)
{
    return {name, [key](const Json& variant) { return spread(variant["seconds"][key], "%.1f", 1e3); }};
}

Row mebibytes(const char* name, const char* key)
{
    return {name, [key](const Json& variant) {
                const Json value = variant["memory"].value(key, Json());
                return value.is_number() ? number("%.0f", value.get<double>() / kMebi) : std::string();
            }};
}

std::string pathText(const Json& variant)
{
    if (variant["path"] != "padded")
        return variant["path"].get<std::string>();
    const auto batch = variant["padded_batch"].get<std::int64_t>();
    return batch == 0 ? "padded together" : "padded, " + std::to_string(batch) + " rows";
}

std::string rowsText(const Json& variant)
{
    if (!variant.contains("rows"))
        return "real lengths";
    return std::to_string(variant["rows"].get<std::int64_t>()) + " × " +
           std::to_string(variant["length"].get<std::int64_t>());
}

std::string recomputeText(const Json& variant)
{
    const auto asked = variant["recompute"].get<std::string>();
    return asked == "auto" ? std::string("auto: ") + (variant["recomputes"] == true ? "on" : "off") : asked;
}

std::string monitorText(const Json& variant)
{
    const Json monitor = variant.value("monitor", Json());
    if (!monitor.is_object())
        return {};
    return number("%.2f", 1e3 * monitor["difference_seconds"].get<double>()) +
           number(" ms (%.2f %%)", 100 * monitor["share"].get<double>());
}

std::vector<Row> measured()
{
    return {
        {"weights", [](const Json& v) { return v["dtype"].get<std::string>(); }},
        {"rows of a step", rowsText},
        {"path", pathText},
        {"recompute", recomputeText},
        {"tokens a step", [](const Json& v) { return number("%.0f", v["tokens"].get<double>()); }},
        {"  trained", [](const Json& v) { return number("%.0f", v["trained_tokens"].get<double>()); }},
        {"  computed, with padding",
         [](const Json& v) { return number("%.0f", v["computed_tokens"].get<double>()); }},
        milliseconds("step, ms", "step"),
        milliseconds("  data", "data"),
        milliseconds("  forward", "forward"),
        milliseconds("  backward", "backward"),
        milliseconds("  optimizer", "optimizer"),
        milliseconds("  monitor", "monitor"),
        milliseconds("  rest", "rest"),
        {"tokens/s", [](const Json& v) { return spread(v["tokens_per_second"], "%.0f", 1); }},
        {"trained tokens/s", [](const Json& v) { return spread(v["trained_tokens_per_second"], "%.0f", 1); }},
        {"GFLOP a step",
         [](const Json& v) { return number("%.1f", 1e-9 * v["flops"]["total"].get<double>()); }},
        {"GFLOP/s", [](const Json& v) { return spread(v["gflops_per_second"], "%.0f", 1); }},
        {"products alone, ms", [](const Json& v) { return spread(v["gemm_bound"]["seconds"], "%.1f", 1e3); }},
        {"share of the GEMM bound, %",
         [](const Json& v) { return spread(v["gemm_bound"]["share"], "%.1f", 100); }},
        {"monitoring costs", monitorText},
        mebibytes("peak memory of steps, MiB", "peak_bytes"),
        mebibytes("  as estimated, MiB", "estimated_bytes"),
        mebibytes("peak memory of loading, MiB", "peak_loading_bytes"),
        mebibytes("peak device memory, MiB", "device_peak_bytes"),
        {"start to first step, s",
         [](const Json& v) { return number("%.2f", v["start"]["seconds"].get<double>()); }},
        {"  model", [](const Json& v) { return number("%.2f", v["start"]["model_seconds"].get<double>()); }},
        {"loss of the first step",
         [](const Json& v) { return number("%.6f", v["first_loss"].get<double>()); }},
    };
}

std::string machineText(const Json& document)
{
    const Json& machine = document["machine"];
    std::string text = fact("Processor", machine["cpu"].get<std::string>());
    text += fact("Cores", std::to_string(machine["physical_cores"].get<int>()) + " physical, " +
                              std::to_string(machine["threads"].get<int>()) + " threads used");
    text += fact("LibTorch, oneDNN, BLAS", machine["libtorch"].get<std::string>() + ", " +
                                               machine["onednn"].get<std::string>() + ", " +
                                               machine["blas"].get<std::string>());
    if (machine["device"] != "cpu")
        text += fact("Device", machine["device"].get<std::string>());
    text += fact("Load average at start", number("%.2f", machine["load_average"].get<double>()));
    const Json& peak = machine["matmul_peak"];
    text += fact("Square products, GFLOP/s",
                 number("float32 %.0f", peak["float32_gflops"].get<double>()) +
                     number(", bfloat16 %.0f", peak["bfloat16_gflops"].get<double>()));
    const Json& model = document["model"];
    text += fact("Model", model["name"].get<std::string>() + ", " +
                              number("%.1f million weights, ", 1e-6 * model["parameters"].get<double>()) +
                              number("%.1f million trained", 1e-6 * model["trained"].get<double>()));
    return text;
}

std::string comparisonText(const Json& document)
{
    std::string text;
    for (const Json& comparison : document.value("comparisons", Json::array())) {
        const auto column = [&](const char* key) {
            return std::to_string(comparison[key].get<std::size_t>() + 1);
        };
        text += comparison["what"].get<std::string>() + ", column " + column("variant") + " against " +
                column("against") + ": " + number("%.3f", comparison["ratio"].get<double>()) + "\n";
    }
    return text.empty() ? text : "\n" + text;
}

} // namespace

std::string benchText(const Json& document)
{
    std::string text = machineText(document) + "\n" + table(document["variants"], measured());
    text += "\nMedians with smallest … largest of " +
            std::to_string(document["variants"][0]["steps"]["measured"].get<int>()) + " steps.\n";
    text += comparisonText(document);
    for (const Json& warning : document["warnings"])
        text += "\nwarning: " + warning.get<std::string>() + "\n";
    return text;
}

void printBench(const Json& document, bool asJson)
{
    std::fputs((asJson ? toJsonText(document) : benchText(document)).c_str(), stdout);
}

} // namespace lens
