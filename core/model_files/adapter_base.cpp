// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/adapter_base.h"

#include "core/base/error.h"
#include "core/base/json.h"

namespace lens {

std::filesystem::path baseModelOf(const std::filesystem::path& adapterFolder)
{
    constexpr std::size_t kMaxConfigBytes = 16u << 20;
    const Json config = readJsonFile(adapterFolder / "adapter_config.json", false, kMaxConfigBytes);
    const auto name = config.find("base_model_name_or_path");
    if (name != config.end() && name->is_string()) {
        const std::filesystem::path path = name->get<std::string>();
        for (const std::filesystem::path& folder :
             {path, adapterFolder / path, adapterFolder.parent_path() / path}) {
            std::error_code code;
            if (!path.empty() && std::filesystem::exists(folder / "config.json", code))
                return folder;
        }
    }
    throw Error("the base model of the adapter is not to be found", adapterFolder.string(),
                "give its folder with --model");
}

} // namespace lens
