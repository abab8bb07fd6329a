// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/trainer_state.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_layout.h"

namespace lens {
namespace {

constexpr std::size_t kMaxBytes = 256u << 20;

Json callbacks(const TrainerState& state)
{
    Json json = Json::object();
    if (state.earlyStoppingPatience > 0) {
        json["EarlyStoppingCallback"] = {
            {"args",
             {{"early_stopping_patience", state.earlyStoppingPatience},
              {"early_stopping_threshold", state.earlyStoppingThreshold}}},
            {"attributes", {{"early_stopping_patience_counter", state.evaluationsWithoutGain}}}};
    }
    json["TrainerControl"] = {{"args",
                               {{"should_epoch_stop", false},
                                {"should_evaluate", false},
                                {"should_log", false},
                                {"should_save", true},
                                {"should_training_stop", state.ending}}},
                              {"attributes", Json::object()}};
    return json;
}

} // namespace

Json toJson(const TrainerState& state)
{
    Json json;
    json["best_global_step"] = state.bestLoss ? Json(state.bestStep) : Json();
    json["best_metric"] = state.bestLoss ? Json(*state.bestLoss) : Json();
    json["best_model_checkpoint"] =
        state.bestLoss ? Json("checkpoints/" + checkpointName(state.bestStep)) : Json();
    json["epoch"] = state.epoch;
    json["eval_steps"] = state.evalSteps;
    json["global_step"] = state.globalStep;
    json["is_hyper_param_search"] = false;
    json["is_local_process_zero"] = true;
    json["is_world_process_zero"] = true;
    json["log_history"] = state.logHistory;
    json["logging_steps"] = state.loggingSteps;
    json["max_steps"] = state.maxSteps;
    json["num_input_tokens_seen"] = state.tokensSeen;
    json["num_train_epochs"] = state.epochsPlanned;
    json["save_steps"] = state.saveSteps;
    json["stateful_callbacks"] = callbacks(state);
    json["total_flos"] = 0.0;
    json["train_batch_size"] = state.batchSize;
    json["trial_name"] = nullptr;
    json["trial_params"] = nullptr;
    return json;
}

void writeTrainerState(const std::filesystem::path& checkpointFolder, const TrainerState& state)
{
    writeFileAtomically(checkpointFolder / kTrainerState, toJsonText(toJson(state)));
}

Json readLogHistory(const std::filesystem::path& checkpointFolder)
{
    try {
        const Json json = readJsonFile(checkpointFolder / kTrainerState, false, kMaxBytes);
        if (json.is_object() && json.contains("log_history") && json["log_history"].is_array())
            return json["log_history"];
    } catch (const Error&) {
        // A foreign or damaged file costs the history only.
    }
    return Json::array();
}

} // namespace lens
