// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What an adapter is: rank, scaling, targets; read from and written as PEFT's adapter_config.json.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lens {

struct LoraConfig {
    int r = 16;
    double alpha = 32;
    double dropout = 0;
    bool rankStabilised = false;      // use_rslora: s = α/√r in place of α/r
    bool allLinear = false;           // every linear module but the head
    std::vector<std::string> targets; // a module's whole path, or the end of it after a dot
    std::string targetRegex;          // full match on the module's path; used if not empty

    double scale() const;
};

LoraConfig loraConfigOf(const AdapterSettings& settings);

// Reads adapter_config.json of a PEFT folder. Throws Error naming every setting that is in use and not known
// here (DoRA, patterns, modules_to_save …): they would change the numbers.
LoraConfig readLoraConfig(const std::filesystem::path& adapterFolder);
// As above, of the text itself; `where` names it.
LoraConfig parseLoraConfig(const Json& json, const std::string& where);

// As PEFT 0.15 writes it. `targets`: names of the adapted modules, written unless a regular expression was
// given.
Json peftJson(const LoraConfig& config, const std::vector<std::string>& targets,
              const std::string& baseModel);

} // namespace lens
