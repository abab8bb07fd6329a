// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/architecture/folder_rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <vector>

namespace lens::test {

namespace {

// Targets from the bottom up; "core/engine" is a target of its own above core, beside widgets.
enum class Target { Core, Engine, Widgets, App };

const std::map<std::string, int>& folderRanks()
{
    static const std::map<std::string, int> ranks{
        {"core/base", 0},         {"core/metrics", 1},        {"core/config", 1},
        {"core/protocol", 1},     {"core/safetensors", 1},    {"core/model_files", 2},
        {"core/tokenizer", 2},    {"core/chat_template", 2},  {"core/dataset", 3},
        {"core/checkpoint", 3},   {"core/store", 3},          {"core/run", 4},
        {"core/analysis", 5},     {"core/report", 6},         {"core/integrations", 6},
        {"core/engine", 0},       {"core/engine/kernels", 1}, {"core/engine/model", 2},
        {"core/engine/train", 3}, {"core/engine/command", 4}, {"widgets/theme", 0},
        {"widgets/plots", 1},     {"widgets/models", 1},      {"widgets/controls", 2},
        {"app/run", 0},           {"app/settings", 0},        {"app/dialogs", 1},
        {"app/pages", 1},         {"app/window", 2},
    };
    return ranks;
}

std::string folderOf(const std::string& path)
{
    return path.substr(0, path.rfind('/'));
}

std::optional<Target> targetOf(const std::string& path)
{
    if (path.starts_with("core/engine/"))
        return Target::Engine;
    if (path.starts_with("core/"))
        return Target::Core;
    if (path.starts_with("widgets/"))
        return Target::Widgets;
    if (path.starts_with("app/"))
        return Target::App;
    return std::nullopt;
}

bool maySeeTarget(Target from, Target to)
{
    switch (from) {
    case Target::Core:
        return to == Target::Core;
    case Target::Engine:
        return to == Target::Core || to == Target::Engine;
    case Target::Widgets:
        return to == Target::Core || to == Target::Widgets;
    case Target::App:
        return to != Target::Engine;
    }
    return false;
}

void checkRankOf(const SourceFile& file, const Include& include, Violations& found)
{
    const std::optional<Target> from = targetOf(file.path);
    const std::optional<Target> to = targetOf(include.target);
    const auto add = [&](const std::string& what) {
        found.push_back({"rank", file.path, include.line, what});
    };
    if (!to) {
        add("includes " + include.target + ", which is none of core, widgets, app");
    } else if (!maySeeTarget(*from, *to)) {
        add("may not see " + include.target + ": another target");
    } else if (*from == *to && folderOf(file.path) != folderOf(include.target)) {
        const std::optional<int> toRank = rankOf(include.target);
        if (toRank && *toRank >= *rankOf(file.path))
            add("includes " + include.target + " of the same or a higher rank");
    }
}

struct LibraryRule {
    const char* name;
    std::regex includes;            // what an include of it looks like
    std::vector<std::string> homes; // folders (or one file) that may include it
    bool onlyInCpp = false;
};

const std::vector<LibraryRule>& libraryRules()
{
    static const std::vector<LibraryRule> rules{
        {"HDF5", std::regex("^(hdf5|H5[A-Za-z]*|hdf5_hl)\\.h$"), {"core/store"}, false},
        {"QCustomPlot", std::regex("^qcustomplot\\.h$"), {"widgets/plots"}, true},
        {"PCRE2", std::regex("^pcre2(posix)?\\.h$"), {"core/tokenizer"}, false},
        {"utf8proc", std::regex("^utf8proc\\.h$"), {"core/tokenizer"}, false},
        {"LibTorch", std::regex("^(torch|ATen|c10|caffe2)/"), {"core/engine"}, false},
        {"oneDNN", std::regex("^(dnnl|oneapi/dnnl/)"), {"core/engine/kernels"}, false},
        {"CUDA", std::regex("^(cuda|cublas|nvml|nccl)[A-Za-z_]*\\.h$"), {"core/engine"}, true},
        {"yaml-cpp", std::regex("^yaml-cpp/"), {"core/config"}, false},
        {"cairo", std::regex("^cairo"), {"core/report"}, false},
        {"OpenSSL", std::regex("^openssl/"), {"core/base"}, true},
        {"Qt", std::regex("^(Qt?[A-Z][A-Za-z0-9]*(/|$)|qt?[a-z]+\\.h$)"), {"widgets", "app"}, false},
    };
    return rules;
}

// Qt classes that make a reusable view depend on a process, the settings or a dialog of the program.
constexpr std::array kForbiddenInWidgets{"QProcess", "QSettings", "QFileDialog"};

} // namespace

std::optional<int> rankOf(const std::string& path)
{
    if (path == "core/engine/main.cpp" || path == "app/main.cpp")
        return 100;
    const auto rank = folderRanks().find(folderOf(path));
    if (rank == folderRanks().end())
        return std::nullopt;
    return rank->second;
}

Violations checkRanks(const SourceTree& tree)
{
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (!targetOf(file.path))
            continue;
        if (!rankOf(file.path)) {
            found.push_back({"folder", file.path, 0, "the folder is not in the design"});
            continue;
        }
        for (const Include& include : file.includes) {
            const bool mocOutput = include.target.ends_with(".moc") || include.target.starts_with("moc_");
            if (!include.angled && !mocOutput)
                checkRankOf(file, include, found);
        }
    }
    return found;
}

Violations checkLibraries(const SourceTree& tree)
{
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (!targetOf(file.path))
            continue;
        for (const Include& include : file.includes) {
            for (const LibraryRule& rule : libraryRules()) {
                if (!std::regex_search(include.target, rule.includes))
                    continue;
                const bool home = std::any_of(rule.homes.begin(), rule.homes.end(),
                                              [&](const std::string& f) { return file.isUnder(f); });
                if (!home)
                    found.push_back({"library", file.path, include.line,
                                     std::string(rule.name) + " does not belong here"});
                else if (rule.onlyInCpp && file.isHeader())
                    found.push_back(
                        {"library", file.path, include.line, std::string(rule.name) + " only in .cpp files"});
                break;
            }
            if (file.isUnder("widgets") && std::find(kForbiddenInWidgets.begin(), kForbiddenInWidgets.end(),
                                                     include.target) != kForbiddenInWidgets.end())
                found.push_back({"library", file.path, include.line, include.target + " not in widgets"});
        }
    }
    return found;
}

} // namespace lens::test
