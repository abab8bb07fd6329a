// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What an adapter is: rank, scaling, targets and what else is trained; read from and written as PEFT's
// adapter_config.json.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace lens {

struct LoraConfig {
    int r = 16;
    double alpha = 32;
    double dropout = 0;
    bool rankStabilised = false;      // use_rslora: s = α/√r in place of α/r
    bool weightDecomposed = false;    // use_dora
    bool allLinear = false;           // every linear module but the head
    std::vector<std::string> targets; // a module's whole path, or the end of it after a dot
    std::string targetRegex;          // full match on the module's path; used if not empty
    std::vector<std::string> excluded;
    std::string excludedRegex;
    std::vector<std::int64_t> layers;        // layers_to_transform; empty: all
    std::vector<std::string> layersPatterns; // names of the list of layers; empty: any
    // Expressions that match the end of a module's path, with what holds there in place of r and alpha; the
    // first that matches counts.
    std::vector<std::pair<std::string, int>> rankPattern;
    std::vector<std::pair<std::string, double>> alphaPattern;
    std::vector<std::string> modulesToSave; // ends of the paths of modules that are trained in full
    BiasTraining bias = BiasTraining::None;
    std::string initialisation = kPlainStart; // init_lora_weights
    bool inputMajor = false;                  // fan_in_fan_out; written only: what holds is the model's own

    static constexpr const char* kPlainStart = "true";
    bool isPissa() const { return initialisation.starts_with("pissa"); }
    double scale() const { return scaleOf(r, alpha); }
    double scaleOf(int rank, double alphaThere) const;
};

LoraConfig loraConfigOf(const AdapterSettings& settings);

// Reads adapter_config.json of a PEFT folder. Throws Error naming every setting that is in use and not known
// here (trainable tokens, other initialisations that change the base …): they would change the numbers.
LoraConfig readLoraConfig(const std::filesystem::path& adapterFolder);
// As above, of the text itself; `where` names it.
LoraConfig parseLoraConfig(const Json& json, const std::string& where);

// As PEFT 0.15 writes it. `targets`: names of the adapted modules, written unless a regular expression was
// given.
Json peftJson(const LoraConfig& config, const std::vector<std::string>& targets,
              const std::string& baseModel);

} // namespace lens
