// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/support/golden_folders.h"

#include "tests/support/test_paths.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace lens::test {
namespace {

namespace fs = std::filesystem;

using Wanted = std::function<bool(const fs::path&)>;

std::vector<fs::path> placesOf(const char* variable, const char* below)
{
    if (const char* given = std::getenv(variable))
        return {given};
    std::vector<fs::path> places{dataFolder() / below};
    if (const auto golden = goldenFolder())
        places.push_back(*golden / below);
    return places;
}

GoldenEntries entriesOf(const char* variable, const char* below, const Wanted& wanted)
{
    GoldenEntries found;
    bool any = false;
    std::string tried;
    for (const fs::path& place : placesOf(variable, below)) {
        std::error_code code;
        tried += (tried.empty() ? "" : ", ") + place.string();
        if (!fs::is_directory(place, code))
            continue;
        any = true;
        std::vector<fs::path> here;
        for (const auto& entry : fs::directory_iterator(place))
            if (wanted(entry.path()))
                here.push_back(entry.path());
        std::sort(here.begin(), here.end());
        found.paths.insert(found.paths.end(), here.begin(), here.end());
    }
    if (!any)
        found.missing = "no golden folder is there: " + tried;
    return found;
}

} // namespace

GoldenEntries goldenModels()
{
    return entriesOf("LENS_GOLDEN_MODELS", "models",
                     [](const fs::path& path) { return fs::exists(path / "config.json"); });
}

GoldenEntries goldenTokenizers()
{
    return entriesOf("LENS_GOLDEN_TOKENIZERS", "tokenizers", [](const fs::path& path) {
        return fs::exists(path / "cases.json") || fs::exists(path / "sp_cases.json") ||
               fs::exists(path / "tiny.json");
    });
}

GoldenEntries goldenChatTemplates()
{
    return entriesOf("LENS_GOLDEN_CHAT_TEMPLATES", "chat_templates",
                     [](const fs::path& path) { return path.filename().string().ends_with(".cases.json"); });
}

std::optional<fs::path> goldenResultsOf(const fs::path& model)
{
    std::string name = model.filename().string();
    for (;;) {
        const fs::path folder = model.parent_path() / name;
        if (fs::exists(folder / "golden.safetensors"))
            return folder;
        const auto cut = name.rfind('_');
        if (cut == std::string::npos)
            return std::nullopt;
        name.resize(cut);
    }
}

std::vector<fs::path> goldenAdapters(const fs::path& model)
{
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(model))
        if (fs::exists(entry.path() / "lora_golden.safetensors"))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace lens::test
