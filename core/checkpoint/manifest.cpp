// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/manifest.h"

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/checkpoint/checkpoint_layout.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace lens {
namespace {

constexpr std::string_view kFormat = "training-lens-checkpoint";
constexpr std::size_t kMaxManifestBytes = 16u << 20;

std::string hexOf(std::uint32_t value)
{
    char text[9];
    std::snprintf(text, sizeof text, "%08x", value);
    return text;
}

std::optional<std::uint32_t> hexValue(const Json& text)
{
    if (!text.is_string())
        return std::nullopt;
    const auto& digits = text.get_ref<const std::string&>();
    std::uint32_t value = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.empty() || code != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

bool isPlainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

ManifestFile fileFrom(const Json& entry, const std::string& where)
{
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() ||
        !entry.contains("bytes") || !entry["bytes"].is_number_unsigned() || !entry.contains("crc32"))
        throw Error("an entry lacks name, bytes or crc32", where);
    ManifestFile file;
    file.name = entry["name"].get<std::string>();
    file.bytes = entry["bytes"].get<std::uint64_t>();
    const std::optional<std::uint32_t> checksum = hexValue(entry["crc32"]);
    if (!checksum || !isPlainName(file.name))
        throw Error("an entry has an invalid name or checksum", where);
    file.crc32 = *checksum;
    return file;
}

void verifyFile(const std::filesystem::path& folder, const ManifestFile& file, Thoroughness thoroughness,
                std::vector<Problem>& problems)
{
    const std::filesystem::path path = folder / file.name;
    std::error_code code;
    const std::uintmax_t bytes = std::filesystem::file_size(path, code);
    if (code) {
        problems.push_back({"is missing", path.string(), {}});
    } else if (bytes != file.bytes) {
        problems.push_back(
            {"has " + std::to_string(bytes) + " bytes, the manifest says " + std::to_string(file.bytes),
             path.string(),
             {}});
    } else if (thoroughness == Thoroughness::Checksums) {
        const std::uint32_t found = crc32OfFile(path);
        if (found != file.crc32)
            problems.push_back({"has checksum " + hexOf(found) + ", the manifest says " + hexOf(file.crc32),
                                path.string(),
                                {}});
    }
}

} // namespace

std::uint64_t Manifest::bytes() const
{
    std::uint64_t sum = 0;
    for (const ManifestFile& file : files)
        sum += file.bytes;
    return sum;
}

Manifest makeManifest(const std::filesystem::path& folder, std::uint64_t step)
{
    Manifest manifest;
    manifest.step = step;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().filename() == kManifest)
            continue;
        manifest.files.push_back(
            {entry.path().filename().string(), entry.file_size(), crc32OfFile(entry.path())});
    }
    std::sort(manifest.files.begin(), manifest.files.end(),
              [](const ManifestFile& a, const ManifestFile& b) { return a.name < b.name; });
    return manifest;
}

void writeManifest(const std::filesystem::path& folder, const Manifest& manifest)
{
    Json files = Json::array();
    for (const ManifestFile& file : manifest.files)
        files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"crc32", hexOf(file.crc32)}});
    const Json json{{"format", kFormat}, {"version", 1}, {"step", manifest.step}, {"files", files}};
    writeFileAtomically(folder / kManifest, toJsonText(json));
}

Manifest readManifest(const std::filesystem::path& folder)
{
    const std::filesystem::path path = folder / kManifest;
    const Json json = readJsonFile(path, false, kMaxManifestBytes);
    if (!json.is_object() || !json.contains("step") || !json["step"].is_number_unsigned() ||
        !json.contains("files") || !json["files"].is_array() || json.value("format", Json()) != kFormat)
        throw Error("is not the manifest of a checkpoint", path.string());
    Manifest manifest;
    manifest.step = json["step"].get<std::uint64_t>();
    for (const Json& entry : json["files"])
        manifest.files.push_back(fileFrom(entry, path.string()));
    return manifest;
}

std::vector<Problem> verifyCheckpoint(const std::filesystem::path& folder, Thoroughness thoroughness)
{
    std::vector<Problem> problems;
    try {
        const Manifest manifest = readManifest(folder);
        const auto step = checkpointStep(folder.filename().string());
        if (step && *step != manifest.step)
            problems.push_back({"holds step " + std::to_string(manifest.step), folder.string(), {}});
        for (const ManifestFile& file : manifest.files)
            verifyFile(folder, file, thoroughness, problems);
    } catch (const Error& error) {
        problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
    return problems;
}

} // namespace lens
