// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/command_spec.h"

#include <algorithm>

namespace lens {
namespace {

constexpr const char* kProgram = "training-lens-engine";
constexpr std::size_t kHelpColumn = 28;
constexpr const char* kExitCodes = "Exit codes:\n"
                                   "  0  it worked (of train: finished, or stopped and saved as asked)\n"
                                   "  1  it failed; the last line on stderr says why\n"
                                   "  2  wrong usage: unknown or missing arguments, or a configuration with "
                                   "problems\n";

CommandSpec initSpec()
{
    return {"init",
            "write a commented configuration to start from, and its JSON Schema",
            {"[FILE] [--template NAME] [--force]"},
            "Writes FILE (training.json if none is named) with a comment at every setting, and beside it\n"
            "training-lens.schema.json, with which editors complete and check it.",
            "FILE",
            {{"--template", "NAME", "basic (default), advanced or research: how many settings it shows"},
             {"--force", nullptr, "replace FILE if it exists"}}};
}

CommandSpec trainSpec()
{
    return {"train",
            "train an adapter",
            {"CONFIG [--set KEY=VALUE …] [--run DIR | --library DIR] [--dry-run]",
             "--resume RUN [--from STEP] [--set KEY=VALUE …]"},
            "Trains by CONFIG (see init) into a new run folder of the library, or goes on with a run from "
            "one of\n"
            "its checkpoints. Ctrl-C saves a checkpoint and stops; a second Ctrl-C ends at once.",
            "CONFIG",
            {{"--set", "KEY=VALUE", "change a setting: learning_rate=1e-4, data.train_file=rows.jsonl", true},
             {"--run", "DIR", "the folder of the run (default: a new one in the library)"},
             {"--library", "DIR", "where run folders are made (default: ~/.local/share/training-lens/runs)"},
             {"--resume", "RUN", "go on with the run in this folder"},
             {"--from", "STEP", "go on from this checkpoint instead of the newest"},
             {"--dry-run", nullptr,
              "load everything, compute the largest batch once, print memory and time, write nothing"}}};
}

CommandSpec generateSpec()
{
    return {
        "generate",
        "let a trained adapter or a model continue a prompt",
        {"(--run RUN | --adapter DIR | --model DIR) [--prompt TEXT] [options]"},
        "Prints the continuation of TEXT, or of every line of standard input.",
        nullptr,
        {{"--run", "RUN", "a run folder: its model with its newest checkpoint"},
         {"--checkpoint", "STEP", "of the run: this checkpoint instead of the newest"},
         {"--adapter", "DIR", "an adapter folder (PEFT); its base model from --model or as it names it"},
         {"--model", "DIR", "a model folder"},
         {"--prompt", "TEXT", "the prompt; without it, each line of standard input is one"},
         {"--chat", nullptr,
          "the prompt is a user's message: by the model's chat template (a run writes prompts as its rows)"},
         {"--max-new-tokens", "N", "most tokens of an answer (default 64)"},
         {"--temperature", "T", "randomness, 0 to 10 (default 0: always the likeliest token)"},
         {"--seed", "S", "of the randomness (default 0)"},
         {"--base-only", nullptr, "without the adapter"},
         {"--compare", nullptr, "with the adapter and without it"},
         {"--json", nullptr, "one JSON object a prompt: {\"prompt\", \"adapter\", \"base\"}"},
         {"--threads", "N", "processor threads (default: one for each physical core)"}}};
}

CommandSpec evaluateSpec()
{
    return {
        "evaluate",
        "write a model's logits and loss for given token ids, to compare with other programs",
        {"--model DIR [--adapter DIR] --batch FILE.safetensors --out FILE.safetensors [options]"},
        "Reads from the batch (I64 or I32, [rows, time]):\n"
        "  input_ids       token ids\n"
        "  attention_mask  1 = a token, 0 = padding, on the right only; absent: no padding\n"
        "  labels          -100 = no target, not shifted (label i is what position i - 1 has to predict);\n"
        "                  absent: no loss\n"
        "Writes (F32; the file appears when it is whole):\n"
        "  logits          [rows, time, vocabulary], 0 at padding\n"
        "  loss            [], with labels: mean of token_nll over all targets (natural logarithm)\n"
        "  token_nll       [rows, time - 1], with labels: -ln p of labels[:, 1:], 0 where that is -100\n"
        "These are the keys of transformers' results as tests of other programs save them. The model "
        "computes\n"
        "in float32 unless --dtype says otherwise.",
        nullptr,
        {{"--model", "DIR", "a model folder"},
         {"--adapter", "DIR", "with this adapter (PEFT)"},
         {"--batch", "FILE", "the token ids"},
         {"--out", "FILE", "where the results go; replaced if it exists"},
         {"--dtype", "NAME", "of weights and activations: float32 (default), bfloat16, auto (as stored)"},
         {"--device", "NAME", "auto (default), cpu or cuda:N"},
         {"--threads", "N", "processor threads (default: one for each physical core)"}}};
}

CommandSpec tokenizeSpec()
{
    return {
        "tokenize",
        "turn lines of text into token ids",
        {"--model DIR [options] < TEXT", "--model DIR --chat [options] < ROWS.jsonl"},
        "Writes a line of JSON for each line of standard input: the list of its token ids. A line ends "
        "with\n"
        "\\n or \\r\\n, which is not part of its text; an empty line is an empty text. Lines are answered "
        "as they\n"
        "come, so that another program can ask and wait for the answer. With --chat each line is a JSON row\n"
        "of a conversation ({\"messages\": [...]}, the list alone, ShareGPT's \"conversations\" ...; also "
        "with\n"
        "\"tools\"), written by the model's chat template and encoded without further marks.",
        nullptr,
        {{"--model", "DIR", "a model folder, or any folder with a tokenizer"},
         {"--chat", nullptr, "each line is a conversation as JSON"},
         {"--generation-prompt", nullptr, "of a conversation: with the beginning of the next answer"},
         {"--chat-template", "FILE", "of a conversation: by this template instead of the model's"},
         {"--mask", nullptr,
          "of a conversation: {\"ids\", \"trained\"} instead: 1 for each token that training learns"},
         {"--json", nullptr, "each line is a JSON string: for texts with line breaks in them"},
         {"--no-special-tokens", nullptr, "without the marks that the tokenizer puts around a text"},
         {"--spans", nullptr,
          "{\"ids\", \"spans\"} instead: the bytes [begin, end) of the text each token stands for (of a "
          "conversation also \"text\")"}}};
}

CommandSpec exportSpec()
{
    return {
        "export",
        "write what was learned in a form that other programs take",
        {"PATH --what merged --output DIR [options]"},
        "PATH is an adapter folder (PEFT), a checkpoint or a run (then its newest checkpoint). merged: the "
        "base\n"
        "model with the adapter in its weights, computed in float32 and stored as the base is, with its\n"
        "tokenizer. DIR appears when it is whole. A base whose folder holds unquantised weights is merged "
        "with\n"
        "those, also after a run with model.quantization; one that bitsandbytes quantised is dequantised "
        "and\n"
        "stored as the type that it was quantised from.",
        "PATH",
        {{"--what", "FORM", "merged"},
         {"--output", "DIR", "the folder to write; must not exist or be empty"},
         {"--model", "DIR", "the base model (default: as the adapter names it)"},
         {"--dtype", "NAME", "of the weights: auto (default, as the base stores them), float32, bfloat16"},
         {"--shard-bytes", "N", "most bytes of one file of weights (default 5000000000)"}}};
}

CommandSpec benchSpec()
{
    return {
        "bench",
        "measure training steps: speed, memory, what each part takes, how near to the machine's limit",
        {"(--preset NAME | --model DIR) [options]"},
        "Trains an adapter on random rows for a few steps and prints what a step takes: its parts, tokens\n"
        "and FLOPs a second, the share of the GEMM bound (the time of the step's own matrix products alone,\n"
        "back to back, in the same process, over the time of the step), peak memory, what monitoring costs,\n"
        "and the time from the start of the process to the first step. Each variant is measured in a "
        "process\n"
        "of its own. Leave the machine alone meanwhile.",
        nullptr,
        {{"--preset", "NAME",
          "shape of a known model with random weights: demo (with its own), smollm-135m, qwen2.5-0.5b, "
          "llama-1b"},
         {"--model", "DIR", "a model folder"},
         {"--dtype", "NAME", "of the weights: both (default: one after the other), float32, bfloat16, auto"},
         {"--recompute", "WHEN", "activations again in the backward pass: auto (default), off, on, both"},
         {"--packing", "WHEN", "rows one behind the other without padding: on (default), off"},
         {"--rows", "N", "rows of a step (default 4)"},
         {"--length", "N", "tokens of a row (default 256)"},
         {"--lengths", "KIND",
          "fixed (default); or real: log-normal with median 90 and 99 % below 512, answers at their ends"},
         {"--tokens-per-step", "N", "with real lengths: most tokens of a step (default 4096)"},
         {"--answers", "SHARE",
          "of a row's tokens that are trained, at its end (default 1; real lengths 0.3)"},
         {"--sweep", nullptr, "rows of 256, 512, 1024 and 2048 tokens, 2048 a step"},
         {"--compare-padded", nullptr,
          "with real lengths: also as programs that pad do, all positions through the head; the rows of a "
          "step together, and 4 by 4"},
         {"--padded-batch", "N", "that path alone, N rows together (0: all of a step)"},
         {"--write-model", "DIR",
          "measure nothing: write the preset with its random weights there, for --model (whose start and "
          "loading can then be measured)"},
         {"--rank", "R", "of the adapters on all linear modules (default 16)"},
         {"--monitor", "WHEN", "both (default: in turn, for the difference), on, off"},
         {"--steps", "N", "measured steps after 2 that are not (default 5)"},
         {"--device", "NAME", "auto (default), cpu or cuda:N"},
         {"--threads", "N", "processor threads (default: one for each physical core)"},
         {"--json", nullptr, "one JSON document, with every product and its rate"}}};
}

CommandSpec doctorSpec()
{
    return {"doctor",
            "look at this machine: versions, threads, speed, what slows training down",
            {"[--json]"},
            "Prints versions, processor features, threads, the BLAS in use, measured speed of float32 and\n"
            "bfloat16 products, GPUs, free memory and disk, and warns of what costs speed.",
            nullptr,
            {{"--json", nullptr, "the same as one JSON object"}}};
}

std::string optionLine(const std::string& name, const std::string& help)
{
    std::string line = "  " + name;
    line += line.size() + 1 < kHelpColumn ? std::string(kHelpColumn - line.size(), ' ')
                                          : "\n" + std::string(kHelpColumn, ' ');
    return line + help + "\n";
}

} // namespace

const std::vector<CommandSpec>& commandSpecs()
{
    static const std::vector<CommandSpec> specs = {initSpec(),     trainSpec(),    generateSpec(),
                                                   evaluateSpec(), tokenizeSpec(), exportSpec(),
                                                   benchSpec(),    doctorSpec()};
    return specs;
}

const CommandSpec* commandSpec(std::string_view name)
{
    const auto& specs = commandSpecs();
    const auto found =
        std::find_if(specs.begin(), specs.end(), [&](const CommandSpec& spec) { return name == spec.name; });
    return found == specs.end() ? nullptr : &*found;
}

std::string overviewText()
{
    std::string text =
        "Training Lens: LoRA fine-tuning you can watch. This is the engine; training-lens is the "
        "window.\n\nUsage: " +
        std::string(kProgram) + " COMMAND [arguments]\n\nCommands:\n";
    for (const CommandSpec& spec : commandSpecs())
        text += optionLine(spec.name, spec.summary);
    text += "\n" + optionLine("COMMAND --help", "what a command takes") +
            optionLine("--version", "the version of this program") + "\n";
    return text + kExitCodes;
}

std::string helpText(const CommandSpec& spec)
{
    std::string text;
    for (const char* usage : spec.usage)
        text += (text.empty() ? "Usage: " : "       ") + std::string(kProgram) + " " + spec.name + " " +
                usage + "\n";
    text += "\n" + std::string(spec.text) + "\n\nOptions:\n";
    for (const OptionSpec& option : spec.options) {
        const std::string value = option.valueName ? std::string(" ") + option.valueName : "";
        text += optionLine(option.name + value,
                           std::string(option.help) + (option.repeatable ? "; may be given again" : ""));
    }
    return text + optionLine("--help", "this text") + "\n" + kExitCodes;
}

} // namespace lens
