// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The rows of the table. Ranges are those that other trainers enforce, so that errors come before a start.
#include "core/config/config_field.h"

namespace lens {
namespace {

template <auto Section, auto Member>
constexpr auto at()
{
    using T = std::remove_cvref_t<decltype(std::declval<RunConfig&>().*Section.*Member)>;
    return FieldAccess<T>{[](const RunConfig& config) -> const T& { return config.*Section.*Member; },
                          [](RunConfig& config) -> T& { return config.*Section.*Member; }};
}

template <auto Member>
constexpr auto top()
{
    using T = std::remove_cvref_t<decltype(std::declval<RunConfig&>().*Member)>;
    return FieldAccess<T>{[](const RunConfig& config) -> const T& { return config.*Member; },
                          [](RunConfig& config) -> T& { return config.*Member; }};
}

constexpr auto kBasic = FieldLevel::Basic;
constexpr auto kAdvanced = FieldLevel::Advanced;
constexpr auto kResearch = FieldLevel::Research;

constexpr FieldRange from(double low, double high)
{
    return {low, high, false, false};
}

constexpr FieldRange above(double low, double high)
{
    return {low, high, true, false};
}

constexpr FieldRange fromBelow(double low, double high)
{
    return {low, high, false, true};
}

constexpr FieldRange between(double low, double high)
{
    return {low, high, true, true};
}

constexpr double kMaxSteps = 1e7;
constexpr double kMaxSeed = 9007199254740991; // 2^53 - 1: exact in every JSON reader

using Rows = std::vector<ConfigField>;

void addTop(Rows& rows)
{
    rows.push_back(
        {"", "name", top<&RunConfig::name>(), kBasic, LENS_TR("Name"),
         LENS_TR("How the run is called in the library. Empty: the name of the model and the data.")});
    rows.push_back({"", "tags", top<&RunConfig::tags>(), kAdvanced, LENS_TR("Tags"),
                    LENS_TR("Words to find and group runs by.")});
}

void addModel(Rows& rows)
{
    constexpr auto kModel = &RunConfig::model;
    rows.push_back(
        {.section = "model",
         .key = "path",
         .member = at<kModel, &ModelSettings::path>(),
         .level = kBasic,
         .label = LENS_TR("Model folder"),
         .description = LENS_TR("Folder of the base model in the Hugging Face layout (config.json, "
                                "model.safetensors, tokenizer.json)."),
         .isPath = true,
         .required = true});
    rows.push_back(
        {"model", "dtype", at<kModel, &ModelSettings::dtype>(), kAdvanced, LENS_TR("Weights in memory"),
         LENS_TR("Number type of the base weights in memory. auto measures which of the two is faster "
                 "and exact enough on this machine. The adapter is always float32.")});
    rows.push_back(
        {"model", "quantization", at<kModel, &ModelSettings::quantisation>(), kAdvanced,
         LENS_TR("Quantisation"),
         LENS_TR("nf4 keeps the frozen weights of the layers in 4 bits a number (QLoRA): about a quarter of "
                 "the memory of bfloat16, a little less exact and slower. Embeddings and head stay as they "
                 "are.")});
    rows.push_back({"model", "double_quantization", at<kModel, &ModelSettings::doubleQuantisation>(),
                    kResearch, LENS_TR("Double quantisation"),
                    LENS_TR("Also quantise the scales of 4-bit weights: 0.516 in place of 0.5625 bytes a "
                            "number.")});
    rows.push_back(
        {.section = "model",
         .key = "device",
         .member = at<kModel, &ModelSettings::device>(),
         .level = kBasic,
         .label = LENS_TR("Device"),
         .description = LENS_TR("Where to compute: auto takes the first GPU if there is one, else the "
                                "processor."),
         .required = true,
         .pattern = "auto|cpu|cuda(:[0-9]{1,3})?",
         .patternText = LENS_TR("auto, cpu or cuda:N")});
    rows.push_back({"model", "threads", at<kModel, &ModelSettings::threads>(), kAdvanced, LENS_TR("Threads"),
                    LENS_TR("Processor threads for the computation. 0: one for each physical core."),
                    from(0, 1024)});
}

// Which modules, beyond target_modules.
void addAdapterModules(Rows& rows)
{
    constexpr auto kAdapter = &RunConfig::adapter;
    rows.push_back({"adapter", "exclude_modules", at<kAdapter, &AdapterSettings::excludeModules>(), kAdvanced,
                    LENS_TR("Excluded modules"),
                    LENS_TR("Modules that get no adapter although target_modules names them: a list of "
                            "names, or one regular expression that matches whole module paths.")});
    rows.push_back({"adapter", "layers_to_transform", at<kAdapter, &AdapterSettings::layersToTransform>(),
                    kAdvanced, LENS_TR("Layers"),
                    LENS_TR("Numbers of the layers that get an adapter, from 0. Empty: all."), from(0, 1e6)});
    rows.push_back({"adapter", "layers_pattern", at<kAdapter, &AdapterSettings::layersPattern>(), kResearch,
                    LENS_TR("Name of the layers"),
                    LENS_TR("How the model calls its list of layers, for layers_to_transform (\"layers\", "
                            "\"h\"). Empty: any name.")});
    rows.push_back({"adapter", "rank_pattern", at<kAdapter, &AdapterSettings::rankPattern>(), kResearch,
                    LENS_TR("Ranks of modules"),
                    LENS_TR("Ranks that differ from r: regular expressions for the ends of module paths, the "
                            "first that matches counts."),
                    from(1, 16384)});
    rows.push_back({"adapter", "alpha_pattern", at<kAdapter, &AdapterSettings::alphaPattern>(), kResearch,
                    LENS_TR("Alphas of modules"),
                    LENS_TR("Alphas that differ from lora_alpha: regular expressions for the ends of module "
                            "paths, the first that matches counts."),
                    above(0, 32768)});
    rows.push_back({"adapter", "modules_to_save", at<kAdapter, &AdapterSettings::modulesToSave>(), kAdvanced,
                    LENS_TR("Modules trained in full"),
                    LENS_TR("Ends of the names of modules that are trained without an adapter and saved with "
                            "it, such as lm_head or embed_tokens.")});
}

// What kind of an adapter.
void addAdapterKind(Rows& rows)
{
    constexpr auto kAdapter = &RunConfig::adapter;
    rows.push_back({"adapter", "use_rslora", at<kAdapter, &AdapterSettings::useRslora>(), kAdvanced,
                    LENS_TR("Rank-stabilised (rsLoRA)"),
                    LENS_TR("rsLoRA: scale by lora_alpha / sqrt(r) in place of lora_alpha / r, so that high "
                            "ranks learn as fast as low ones.")});
    rows.push_back({"adapter", "use_dora", at<kAdapter, &AdapterSettings::useDora>(), kAdvanced,
                    LENS_TR("Decomposed (DoRA)"),
                    LENS_TR("DoRA: also train the length of each row of the changed weights. Slower, often "
                            "better at low ranks.")});
    rows.push_back({.section = "adapter",
                    .key = "init_lora_weights",
                    .member = at<kAdapter, &AdapterSettings::initLoraWeights>(),
                    .level = kResearch,
                    .label = LENS_TR("Start of the adapter"),
                    .description = LENS_TR(
                        "true: A random, B 0. gaussian: A normally distributed. pissa: from the largest "
                        "singular values of each weight; pissa_niter_N: the same, found faster with N "
                        "rounds."),
                    .pattern = "true|gaussian|pissa|pissa_niter_[0-9]{1,3}",
                    .patternText = LENS_TR("true, gaussian, pissa or pissa_niter_N")});
    rows.push_back({"adapter", "bias", at<kAdapter, &AdapterSettings::bias>(), kResearch, LENS_TR("Biases"),
                    LENS_TR("Which biases are trained: none, all of the model, or those of the modules with "
                            "an adapter.")});
}

void addAdapter(Rows& rows)
{
    constexpr auto kAdapter = &RunConfig::adapter;
    rows.push_back({"adapter", "method", at<kAdapter, &AdapterSettings::method>(), kResearch,
                    LENS_TR("Method"),
                    LENS_TR("lora trains small matrices beside the frozen weights; full trains all weights "
                            "(for tiny models).")});
    rows.push_back({"adapter", "r", at<kAdapter, &AdapterSettings::r>(), kBasic, LENS_TR("Rank"),
                    LENS_TR("Rank of the adapter. Higher can learn more and needs more memory."),
                    from(1, 16384)});
    rows.push_back(
        {"adapter", "lora_alpha", at<kAdapter, &AdapterSettings::loraAlpha>(), kBasic, LENS_TR("Alpha"),
         LENS_TR("Scale of the adapter: its product is multiplied by lora_alpha / r. Often twice r."),
         above(0, 32768)});
    rows.push_back({"adapter", "lora_dropout", at<kAdapter, &AdapterSettings::loraDropout>(), kAdvanced,
                    LENS_TR("Dropout"), LENS_TR("Share of the adapter's inputs set to zero while training."),
                    fromBelow(0, 1)});
    rows.push_back(
        {"adapter", "target_modules", top<&RunConfig::adapter>(), kBasic, LENS_TR("Target modules"),
         LENS_TR("Which linear layers get an adapter: a list of names such as [\"q_proj\", \"v_proj\"], "
                 "one regular expression that matches whole module paths, or \"all-linear\".")});
    addAdapterModules(rows);
    addAdapterKind(rows);
    rows.push_back(
        {.section = "adapter",
         .key = "start_from",
         .member = at<kAdapter, &AdapterSettings::startFrom>(),
         .level = kAdvanced,
         .label = LENS_TR("Start from"),
         .description = LENS_TR("Folder of an existing adapter (PEFT) to continue from; all settings of the "
                                "adapter but its dropout are then taken from it. Empty: a fresh adapter."),
         .isPath = true});
}

void addData(Rows& rows)
{
    constexpr auto kData = &RunConfig::data;
    rows.push_back(
        {.section = "data",
         .key = "train_file",
         .member = at<kData, &DataSettings::trainFile>(),
         .level = kBasic,
         .label = LENS_TR("Training data"),
         .description = LENS_TR("File with the rows to train on: JSONL, JSON, plain text, or safetensors "
                                "with token batches."),
         .isPath = true,
         .required = true});
    rows.push_back(
        {.section = "data",
         .key = "eval_file",
         .member = at<kData, &DataSettings::evalFile>(),
         .level = kBasic,
         .label = LENS_TR("Evaluation data"),
         .description = LENS_TR("File with rows that are only evaluated. Empty: a part of the training data "
                                "is split off (eval_split)."),
         .isPath = true});
    rows.push_back(
        {"data", "eval_split", at<kData, &DataSettings::evalSplit>(), kBasic, LENS_TR("Evaluation share"),
         LENS_TR("Share of the rows kept for evaluation where there is no eval_file. 0: no evaluation."),
         fromBelow(0, 1)});
    rows.push_back(
        {"data", "format", at<kData, &DataSettings::format>(), kAdvanced, LENS_TR("Form of the rows"),
         LENS_TR("Fields of a row: text; prompt and completion; alpaca (instruction, input, output); "
                 "messages (role, content); sharegpt (from, value); token batches. auto looks at the first "
                 "row.")});
    rows.push_back({.section = "data",
                    .key = "chat_template",
                    .member = at<kData, &DataSettings::chatTemplate>(),
                    .level = kAdvanced,
                    .label = LENS_TR("Chat template"),
                    .description = LENS_TR(
                        "File with a chat template (Jinja) for conversations, or the name of one of the "
                        "model's, or chatml. Empty: the model's own, and plain ChatML where it has "
                        "none."),
                    .isPath = true});
    rows.push_back({"data", "max_length", at<kData, &DataSettings::maxLength>(), kBasic,
                    LENS_TR("Longest row"), LENS_TR("Tokens; longer rows are cut at the end."),
                    from(2, 2e6)});
    rows.push_back({"data", "train_on_prompt", at<kData, &DataSettings::trainOnPrompt>(), kAdvanced,
                    LENS_TR("Train on prompts"),
                    LENS_TR("Also learn the user's part of a row, not only the answer.")});
    rows.push_back({"data", "shuffle", at<kData, &DataSettings::shuffle>(), kAdvanced, LENS_TR("Shuffle"),
                    LENS_TR("Take the rows in a new random order in every epoch.")});
}

void addTraining(Rows& rows)
{
    constexpr auto kTraining = &RunConfig::training;
    rows.push_back({"training", "learning_rate", at<kTraining, &TrainingSettings::learningRate>(), kBasic,
                    LENS_TR("Learning rate"), LENS_TR("Highest learning rate of the schedule."),
                    between(0, 1)});
    rows.push_back(
        {"training", "lr_scheduler_type", at<kTraining, &TrainingSettings::schedule>(), kAdvanced,
         LENS_TR("Schedule"),
         LENS_TR("How the learning rate goes down after the warm-up: as a cosine to 0, as a line to 0, "
                 "or not at all.")});
    rows.push_back({"training", "warmup_ratio", at<kTraining, &TrainingSettings::warmupRatio>(), kAdvanced,
                    LENS_TR("Warm-up share"),
                    LENS_TR("Share of all steps in which the learning rate rises from 0."), from(0, 1)});
    rows.push_back({"training", "warmup_steps", at<kTraining, &TrainingSettings::warmupSteps>(), kAdvanced,
                    LENS_TR("Warm-up steps"),
                    LENS_TR("Steps of the warm-up. Above 0 it wins over warmup_ratio."), from(0, kMaxSteps)});
    rows.push_back({"training", "num_train_epochs", at<kTraining, &TrainingSettings::epochs>(), kBasic,
                    LENS_TR("Epochs"),
                    LENS_TR("How often the data is gone through; parts of one are allowed."), from(0, 1000)});
    rows.push_back(
        {"training", "max_steps", at<kTraining, &TrainingSettings::maxSteps>(), kAdvanced, LENS_TR("Steps"),
         LENS_TR("Optimizer steps of the run. Above 0 it wins over num_train_epochs."), from(0, kMaxSteps)});
    rows.push_back({"training", "per_device_train_batch_size", at<kTraining, &TrainingSettings::batchSize>(),
                    kBasic, LENS_TR("Batch size"),
                    LENS_TR("Rows that are computed together. Decides the memory needed."), from(1, 4096)});
    rows.push_back(
        {"training", "gradient_accumulation_steps",
         at<kTraining, &TrainingSettings::gradientAccumulationSteps>(), kBasic,
         LENS_TR("Gradient accumulation"),
         LENS_TR("Batches whose gradients are added up for one step: rows per step = batch size × this."),
         from(1, 4096)});
    rows.push_back(
        {"training", "packing", at<kTraining, &TrainingSettings::packing>(), kAdvanced, LENS_TR("Packing"),
         LENS_TR("Put the rows of a step one behind another, without padding, each seeing only itself, as "
                 "many at once as batch size × longest row holds. Faster; learns the same.")});
    rows.push_back({"training", "gradient_checkpointing",
                    at<kTraining, &TrainingSettings::gradientCheckpointing>(), kAdvanced,
                    LENS_TR("Gradient checkpointing"),
                    LENS_TR("Compute the activations of each layer again in the backward pass in place of "
                            "keeping them: much less memory, slower; learns the same. auto: only where "
                            "memory would run short.")});
    rows.push_back({"training", "weight_decay", at<kTraining, &TrainingSettings::weightDecay>(), kAdvanced,
                    LENS_TR("Weight decay"), LENS_TR("Decoupled weight decay of AdamW."), from(0, 10)});
    rows.push_back({"training", "loraplus_lr_ratio", at<kTraining, &TrainingSettings::loraplusLrRatio>(),
                    kAdvanced, LENS_TR("LoRA+ ratio"),
                    LENS_TR("Learning rate of the B matrices divided by that of the A matrices. 1: the same; "
                            "LoRA+ takes about 16."),
                    above(0, 1e4)});
    rows.push_back({"training", "adam_beta1", at<kTraining, &TrainingSettings::adamBeta1>(), kResearch,
                    LENS_TR("Adam β1"), LENS_TR("Memory of the mean gradient."), fromBelow(0, 1)});
    rows.push_back({"training", "adam_beta2", at<kTraining, &TrainingSettings::adamBeta2>(), kResearch,
                    LENS_TR("Adam β2"), LENS_TR("Memory of the mean squared gradient."), fromBelow(0, 1)});
    rows.push_back({"training", "adam_epsilon", at<kTraining, &TrainingSettings::adamEpsilon>(), kResearch,
                    LENS_TR("Adam ε"), LENS_TR("Added to the root of the mean squared gradient."),
                    above(0, 1)});
    rows.push_back({"training", "max_grad_norm", at<kTraining, &TrainingSettings::maxGradNorm>(), kAdvanced,
                    LENS_TR("Gradient clipping"),
                    LENS_TR("A gradient whose norm is larger is scaled down to this norm. 0: no clipping."),
                    from(0, 1e6)});
    rows.push_back({"training", "seed", at<kTraining, &TrainingSettings::seed>(), kAdvanced, LENS_TR("Seed"),
                    LENS_TR("Start of all random numbers: order of rows, split, fresh adapter, dropout."),
                    from(0, kMaxSeed)});
    rows.push_back(
        {"training", "on_non_finite", at<kTraining, &TrainingSettings::onNonFinite>(), kResearch,
         LENS_TR("At NaN or infinity"),
         LENS_TR("What a loss or gradient that is not a finite number does: stop with everything saved, "
                 "or skip the step and count it.")});
}

void addEvaluation(Rows& rows)
{
    constexpr auto kEvaluation = &RunConfig::evaluation;
    rows.push_back(
        {"evaluation", "eval_steps", at<kEvaluation, &EvaluationSettings::evalSteps>(), kBasic,
         LENS_TR("Evaluate every"),
         LENS_TR("Steps between evaluations; there is always one before the first and one after the last "
                 "step. 0: only those."),
         from(0, kMaxSteps)});
    rows.push_back({"evaluation", "per_device_eval_batch_size",
                    at<kEvaluation, &EvaluationSettings::batchSize>(), kAdvanced,
                    LENS_TR("Evaluation batch size"), LENS_TR("Rows that are evaluated together."),
                    from(1, 4096)});
    rows.push_back(
        {"evaluation", "early_stopping_patience",
         at<kEvaluation, &EvaluationSettings::earlyStoppingPatience>(), kAdvanced, LENS_TR("Early stopping"),
         LENS_TR("The run ends after this many evaluations in a row without a better one. 0: off."),
         from(0, 10000)});
    rows.push_back({"evaluation", "early_stopping_threshold",
                    at<kEvaluation, &EvaluationSettings::earlyStoppingThreshold>(), kAdvanced,
                    LENS_TR("Least improvement"),
                    LENS_TR("By how much an evaluation loss must be lower to count as better."),
                    from(0, 1e6)});
    rows.push_back({"evaluation", "sample_prompts", at<kEvaluation, &EvaluationSettings::samplePrompts>(),
                    kBasic, LENS_TR("Sample prompts"),
                    LENS_TR("Prompts that are answered at every evaluation, to see the change in words.")});
    rows.push_back({"evaluation", "max_new_tokens", at<kEvaluation, &EvaluationSettings::maxNewTokens>(),
                    kAdvanced, LENS_TR("Sample length"), LENS_TR("Most tokens of a sample."),
                    from(1, 32768)});
    rows.push_back({"evaluation", "temperature", at<kEvaluation, &EvaluationSettings::temperature>(),
                    kAdvanced, LENS_TR("Temperature"),
                    LENS_TR("Randomness of samples. 0: always the likeliest token."), from(0, 10)});
}

void addCheckpointsAndMonitor(Rows& rows)
{
    constexpr auto kCheckpoints = &RunConfig::checkpoints;
    constexpr auto kMonitor = &RunConfig::monitor;
    rows.push_back({"checkpoints", "save_steps", at<kCheckpoints, &CheckpointSettings::saveSteps>(), kBasic,
                    LENS_TR("Save every"),
                    LENS_TR("Steps between checkpoints; there is always one at the end. 0: only that."),
                    from(0, kMaxSteps)});
    rows.push_back(
        {"checkpoints", "save_total_limit", at<kCheckpoints, &CheckpointSettings::saveTotalLimit>(),
         kAdvanced, LENS_TR("Checkpoints kept"),
         LENS_TR("The newest so many are kept, and the best one always. 0: all."), from(0, 100000)});
    rows.push_back({"monitor", "every_steps", at<kMonitor, &MonitorSettings::everySteps>(), kResearch,
                    LENS_TR("Record every"), LENS_TR("Steps between rows of metrics."), from(1, kMaxSteps)});
    rows.push_back({"monitor", "modules_every_steps", at<kMonitor, &MonitorSettings::modulesEverySteps>(),
                    kResearch, LENS_TR("Record modules every"),
                    LENS_TR("Steps between rows of numbers for each adapted module. 0: none."),
                    from(0, kMaxSteps)});
}

Rows makeRows()
{
    Rows rows;
    addTop(rows);
    addModel(rows);
    addAdapter(rows);
    addData(rows);
    addTraining(rows);
    addEvaluation(rows);
    addCheckpointsAndMonitor(rows);
    return rows;
}

} // namespace

const std::vector<ConfigField>& configFields()
{
    static const Rows rows = makeRows();
    return rows;
}

} // namespace lens
