// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The configuration of a run: every setting with its default, named as users know it from PEFT and
// transformers. Parsing, validation, JSON Schema and writing back live beside this file.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lens {

enum class Method { Lora, Full };
enum class StorageType { Auto, Float32, BFloat16 }; // of the base weights in memory
enum class Quantisation { None, Nf4 };              // of the base weights in memory
enum class Schedule { Cosine, Linear, Constant };
enum class BiasTraining { None, All, LoraOnly };
enum class OnNonFinite { Stop, Skip };
enum class Recompute { Off, On, Auto }; // activations in the backward pass, layer by layer
enum class DataFormat { Auto, Text, PromptCompletion, Alpaca, Messages, TokenBatches, ShareGpt };

struct ModelSettings { // "model"
    std::string path;  // Hugging Face model folder
    StorageType dtype = StorageType::Auto;
    Quantisation quantisation = Quantisation::None; // quantization
    bool doubleQuantisation = true;                 // double_quantization: of the scales, too
    std::string device = "auto";                    // auto, cpu, cuda:N
    int threads = 0;                                // 0: physical cores
};

// Some modules: by names (a whole path or the end of one after a dot), or by one regular expression.
struct ModuleSelection {
    std::vector<std::string> names;
    std::string expression;
    bool operator==(const ModuleSelection&) const = default;
};

// Regular expressions for the ends of module paths, each with a number; the first that matches counts.
using RankPattern = std::vector<std::pair<std::string, int>>;
using NumberPattern = std::vector<std::pair<std::string, double>>;

struct AdapterSettings { // "adapter"
    Method method = Method::Lora;
    int r = 16;
    double loraAlpha = 32;  // lora_alpha
    double loraDropout = 0; // lora_dropout
    // target_modules: names; or one regular expression (full match on the module path), or "all-linear".
    std::vector<std::string> targetModules; // empty: all-linear
    std::string targetRegex;
    ModuleSelection excludeModules;         // exclude_modules
    std::vector<int> layersToTransform;     // layers_to_transform; empty: all
    std::vector<std::string> layersPattern; // layers_pattern
    RankPattern rankPattern;                // rank_pattern
    NumberPattern alphaPattern;             // alpha_pattern
    bool useRslora = false;                 // use_rslora
    bool useDora = false;                   // use_dora
    std::string initLoraWeights = "true";   // init_lora_weights
    BiasTraining bias = BiasTraining::None; // none, all, lora_only
    std::vector<std::string> modulesToSave; // modules_to_save
    std::string startFrom;                  // start_from: adapter folder to continue from
};

struct DataSettings {        // "data"
    std::string trainFile;   // train_file
    std::string evalFile;    // eval_file; empty: split
    double evalSplit = 0.05; // eval_split: share of rows, 0 = no evaluation
    DataFormat format = DataFormat::Auto;
    // chat_template: a file, or the name of one of the model's; empty: the model's own
    std::string chatTemplate;
    int maxLength = 1024;       // max_length, tokens; longer rows are cut
    bool trainOnPrompt = false; // train_on_prompt
    bool shuffle = true;
};

struct TrainingSettings {                 // "training"
    double learningRate = 2e-4;           // learning_rate
    Schedule schedule = Schedule::Cosine; // lr_scheduler_type
    double warmupRatio = 0.03;            // warmup_ratio
    int warmupSteps = 0;                  // warmup_steps; > 0 wins over the ratio
    double epochs = 3;                    // num_train_epochs
    std::int64_t maxSteps = 0;            // max_steps; > 0 wins over epochs
    int batchSize = 4;                    // per_device_train_batch_size
    int gradientAccumulationSteps = 4;    // gradient_accumulation_steps
    double weightDecay = 0.01;            // weight_decay
    double adamBeta1 = 0.9;               // adam_beta1
    double adamBeta2 = 0.999;             // adam_beta2
    double loraplusLrRatio = 1;           // loraplus_lr_ratio; rate of B over that of A
    double adamEpsilon = 1e-8;            // adam_epsilon
    double maxGradNorm = 1.0;             // max_grad_norm; 0 = no clipping
    std::uint64_t seed = 42;
    OnNonFinite onNonFinite = OnNonFinite::Stop; // on_non_finite: stop, skip
    bool packing = true; // rows of a step without padding; changes nothing that is learned
    Recompute gradientCheckpointing = Recompute::Auto; // gradient_checkpointing: off, on, auto
};

struct EvaluationSettings {                 // "evaluation"
    int evalSteps = 100;                    // eval_steps; 0 = only at step 0 and the end
    int batchSize = 8;                      // per_device_eval_batch_size
    int earlyStoppingPatience = 0;          // early_stopping_patience; 0 = off
    double earlyStoppingThreshold = 0;      // early_stopping_threshold
    std::vector<std::string> samplePrompts; // sample_prompts
    int maxNewTokens = 64;                  // max_new_tokens
    double temperature = 0;                 // 0 = greedy
};

struct CheckpointSettings { // "checkpoints"
    int saveSteps = 200;    // save_steps; 0 = only at the end
    int saveTotalLimit = 3; // save_total_limit: last K kept, plus the best; 0 = all
};

struct MonitorSettings {        // "monitor"
    int everySteps = 1;         // every_steps
    int modulesEverySteps = 10; // modules_every_steps; 0 = off
};

struct RunConfig {
    std::string name; // shown in the library
    std::vector<std::string> tags;
    ModelSettings model;
    AdapterSettings adapter;
    DataSettings data;
    TrainingSettings training;
    EvaluationSettings evaluation;
    CheckpointSettings checkpoints;
    MonitorSettings monitor;
};

} // namespace lens
