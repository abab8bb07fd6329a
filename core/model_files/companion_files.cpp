// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/companion_files.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <array>

namespace lens {
namespace {

constexpr std::array kCompanionFiles{"tokenizer.json",     "tokenizer_config.json",
                                     "tokenizer.model",    "special_tokens_map.json",
                                     "added_tokens.json",  "vocab.json",
                                     "merges.txt",         "chat_template.jinja",
                                     "chat_template.json", "generation_config.json"};
constexpr const char* kNamedTemplates = "additional_chat_templates";

void copyIfThere(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::error_code code;
    if (!std::filesystem::exists(from, code) || std::filesystem::exists(to, code))
        return;
    std::filesystem::copy_file(from, to, code);
    if (code)
        throw Error("cannot copy: " + code.message(), to.string());
}

} // namespace

void copyCompanionFiles(const std::filesystem::path& from, const std::filesystem::path& to)
{
    for (const char* name : kCompanionFiles)
        copyIfThere(from / name, to / name);
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(from / kNamedTemplates, code)) {
        if (entry.path().extension() != ".jinja")
            continue;
        makeFolder(to / kNamedTemplates);
        copyIfThere(entry.path(), to / kNamedTemplates / entry.path().filename());
    }
}

} // namespace lens
