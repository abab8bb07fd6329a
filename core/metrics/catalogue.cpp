// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/metrics/catalogue.h"

#include "core/base/translate.h"

#include <algorithm>

namespace lens {
namespace {

using S = Series;

constexpr std::array<SeriesInfo, kSeriesCount> kSeries{{
    {S::TrainLoss, "train_loss", LENS_TR("Training loss"), "nat/token",
     LENS_TR("Mean cross entropy of the trained tokens of all micro-batches of the step, each token with the "
             "same "
             "weight, computed before the weights are updated.")},
    {S::EvalLoss, "eval_loss", LENS_TR("Evaluation loss"), "nat/token",
     LENS_TR(
         "Mean cross entropy over all trained tokens of the evaluation data, dropout off, with the weights "
         "after this step (step 0: before training).")},
    {S::LearningRate, "learning_rate", LENS_TR("Learning rate"), "1",
     LENS_TR("Learning rate that this step's update used, after warm-up and decay.")},
    {S::GradNorm, "grad_norm", LENS_TR("Gradient norm"), "1",
     LENS_TR(
         "Global Euclidean norm of the accumulated gradient of all trained parameters, before clipping: the "
         "root of the sum of the squared norms of the tensors.")},
    {S::ClipFactor, "clip_factor", LENS_TR("Clip factor"), "1",
     LENS_TR(
         "Factor by which clipping scaled the gradient: min(1, c / norm); 1 means not clipped. Absent when "
         "clipping is off.")},
    {S::GradCosine, "grad_cosine", LENS_TR("Gradient cosine"), "1",
     LENS_TR(
         "Cosine between the accumulated gradient of this step and that of the step before, over all trained "
         "parameters. Absent at the first step and where a norm is 0. Random directions in d dimensions "
         "scatter around 0 with standard deviation 1 / sqrt(d); two independent batches of size B are "
         "expected at 1 / (1 + noise scale / B), so a small positive value is healthy.")},
    {S::NonFiniteGradients, "non_finite_gradients", LENS_TR("Non-finite gradient values"), "count",
     LENS_TR("Number of gradient elements of this step that are NaN or infinite.")},
    {S::SkippedSteps, "skipped_steps", LENS_TR("Skipped steps"), "count",
     LENS_TR("Steps since the start of the run whose update was left out because loss or gradient was not "
             "finite.")},
    {S::Epoch, "epoch", LENS_TR("Epoch"), "1",
     LENS_TR("Passes over the training data so far, with the fraction of the current one.")},
    {S::Tokens, "tokens", LENS_TR("Tokens"), "token",
     LENS_TR("Tokens fed to the model since the start of the run, padding left out.")},
    {S::TrainedTokens, "trained_tokens", LENS_TR("Trained tokens"), "token",
     LENS_TR("Tokens since the start of the run that counted in the loss.")},
    {S::TokensPerSecond, "tokens_per_second", LENS_TR("Tokens per second"), "token/s",
     LENS_TR("Tokens of this step, padding left out, divided by the time of the step.")},
    {S::TrainedTokensPerSecond, "trained_tokens_per_second", LENS_TR("Trained tokens per second"), "token/s",
     LENS_TR("Tokens of this step that counted in the loss, divided by the time of the step.")},
    {S::StepSeconds, "step_seconds", LENS_TR("Step time"), "s",
     LENS_TR("Wall time of the step without evaluation and saving.")},
    {S::DataSeconds, "data_seconds", LENS_TR("Data time"), "s",
     LENS_TR("Part of the step time spent on reading, padding and moving batches.")},
    {S::ForwardSeconds, "forward_seconds", LENS_TR("Forward time"), "s",
     LENS_TR("Part of the step time spent in the forward passes.")},
    {S::BackwardSeconds, "backward_seconds", LENS_TR("Backward time"), "s",
     LENS_TR("Part of the step time spent in the backward passes.")},
    {S::OptimizerSeconds, "optimizer_seconds", LENS_TR("Optimizer time"), "s",
     LENS_TR("Part of the step time spent on clipping and the weight update.")},
    {S::MonitorSeconds, "monitor_seconds", LENS_TR("Monitoring time"), "s",
     LENS_TR("Part of the step time spent on computing and handing over these numbers.")},
    {S::EvalSeconds, "eval_seconds", LENS_TR("Evaluation time"), "s",
     LENS_TR("Wall time of the evaluation after this step.")},
    {S::SaveSeconds, "save_seconds", LENS_TR("Saving time"), "s",
     LENS_TR("Wall time of the checkpoints written since the row before.")},
    {S::ResidentBytes, "resident_bytes", LENS_TR("Resident memory"), "bytes",
     LENS_TR("Main memory of the engine process that is resident at the end of the step (VmRSS of "
             "/proc/self/status).")},
    {S::ResidentPeakBytes, "resident_peak_bytes", LENS_TR("Peak resident memory"), "bytes",
     LENS_TR("Largest resident memory of the engine process since its start (VmHWM of /proc/self/status).")},
    {S::DeviceLiveBytes, "device_live_bytes", LENS_TR("Device memory in use"), "bytes",
     LENS_TR("Memory of the accelerator that tensors occupy at the end of the step. Absent without one.")},
    {S::DeviceReservedBytes, "device_reserved_bytes", LENS_TR("Device memory reserved"), "bytes",
     LENS_TR(
         "Memory of the accelerator that the allocator holds at the end of the step. Absent without one.")},
    {S::DevicePeakBytes, "device_peak_bytes", LENS_TR("Peak device memory"), "bytes",
     LENS_TR("Largest memory of the accelerator that tensors occupied since the start. Absent without one.")},
    {S::LearningRateB, "learning_rate_b", LENS_TR("Learning rate of B"), "1",
     LENS_TR(
         "With LoRA+: the learning rate that this step's update used for B and for trained vectors, which is "
         "learning_rate times loraplus_lr_ratio. Absent without.")},
}};

using F = ModuleField;

// W₀: frozen base matrix, s: LoRA scale (alpha / r), A: r×n, B: m×r, ΔW = s·B·A.
constexpr std::array<ModuleFieldInfo, kModuleFieldCount> kModuleFields{{
    {F::NormA, "norm_a", LENS_TR("Norm of A"), "1",
     LENS_TR("Frobenius norm of A after the step. Freshly initialised (Kaiming uniform, a = sqrt 5) it is "
             "expected "
             "at sqrt(r / 3).")},
    {F::NormB, "norm_b", LENS_TR("Norm of B"), "1",
     LENS_TR("Frobenius norm of B after the step. It starts at 0; while it stays there the module has not "
             "learned.")},
    {F::NormDelta, "norm_delta", LENS_TR("Norm of the weight change"), "1",
     LENS_TR(
         "Frobenius norm of s B A, from s sqrt(tr((BᵀB)(AAᵀ))), without forming the product. With PiSSA of "
         "s (B A − B₀ A₀), the change since the start.")},
    {F::GradNormA, "grad_norm_a", LENS_TR("Gradient norm of A"), "1",
     LENS_TR("Frobenius norm of the accumulated gradient of A before clipping. Exactly 0 at the first step, "
             "as B is "
             "0 then.")},
    {F::GradNormB, "grad_norm_b", LENS_TR("Gradient norm of B"), "1",
     LENS_TR("Frobenius norm of the accumulated gradient of B before clipping.")},
    {F::GradCosine, "grad_cosine", LENS_TR("Gradient cosine"), "1",
     LENS_TR(
         "Cosine between the accumulated gradient of A and B together and that of the step before. Absent at "
         "the first step and where a norm is 0.")},
    {F::UpdateRatio, "update_ratio", LENS_TR("Update ratio"), "1",
     LENS_TR("Norm of the change of s B A by this step, divided by the norm of the frozen matrix of the base "
             "model.")},
}};

template <typename Table>
constexpr bool inOrder(const Table& table)
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if constexpr (requires { table[i].series; }) {
            if (static_cast<std::size_t>(table[i].series) != i)
                return false;
        } else if (static_cast<std::size_t>(table[i].field) != i) {
            return false;
        }
    }
    return true;
}

static_assert(inOrder(kSeries) && inOrder(kModuleFields), "rows stand in the order of the enumeration");

} // namespace

const std::array<SeriesInfo, kSeriesCount>& seriesCatalogue()
{
    return kSeries;
}

const SeriesInfo& seriesInfo(Series series)
{
    return kSeries.at(static_cast<std::size_t>(series));
}

std::optional<Series> seriesByKey(std::string_view key)
{
    const auto found =
        std::find_if(kSeries.begin(), kSeries.end(), [&](const SeriesInfo& row) { return row.key == key; });
    return found == kSeries.end() ? std::nullopt : std::optional(found->series);
}

const std::array<ModuleFieldInfo, kModuleFieldCount>& moduleFieldCatalogue()
{
    return kModuleFields;
}

} // namespace lens
