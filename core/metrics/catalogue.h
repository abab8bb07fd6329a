// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The series every run records: one row of this table is a name, a unit and a definition. The store's
// columns, the plots' titles and the exports all come from here. The order is the column order in segments:
// only append.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace lens {

enum class Series : std::size_t {
    TrainLoss,
    EvalLoss,
    LearningRate,
    GradNorm,
    ClipFactor,
    GradCosine,
    NonFiniteGradients,
    SkippedSteps,
    Epoch,
    Tokens,
    TrainedTokens,
    TokensPerSecond,
    TrainedTokensPerSecond,
    StepSeconds,
    DataSeconds,
    ForwardSeconds,
    BackwardSeconds,
    OptimizerSeconds,
    MonitorSeconds,
    EvalSeconds,
    SaveSeconds,
    ResidentBytes,
    ResidentPeakBytes,
    DeviceLiveBytes,
    DeviceReservedBytes,
    DevicePeakBytes,
    LearningRateB,
    Count
};

inline constexpr std::size_t kSeriesCount = static_cast<std::size_t>(Series::Count);

struct SeriesInfo {
    Series series;
    std::string_view key;        // name in files: "train_loss"
    std::string_view title;      // for people (LENS_TR): "Training loss"
    std::string_view unit;       // "nat/token", "s", "bytes", "1" for ratios
    std::string_view definition; // what is computed, with its source
};

const std::array<SeriesInfo, kSeriesCount>& seriesCatalogue();
const SeriesInfo& seriesInfo(Series series);
std::optional<Series> seriesByKey(std::string_view key);

// Per adapted module, every N steps.
enum class ModuleField : std::size_t {
    NormA,       // ‖A‖_F
    NormB,       // ‖B‖_F
    NormDelta,   // ‖s·B·A‖_F, from the r×r traces
    GradNormA,   // ‖∂L/∂A‖_F
    GradNormB,   // ‖∂L/∂B‖_F
    GradCosine,  // cosine with the module's previous accumulated gradient
    UpdateRatio, // ‖ΔW(t+1) − ΔW(t)‖_F / ‖W₀‖_F
    Count
};

inline constexpr std::size_t kModuleFieldCount = static_cast<std::size_t>(ModuleField::Count);

struct ModuleFieldInfo {
    ModuleField field;
    std::string_view key;
    std::string_view title;
    std::string_view unit;
    std::string_view definition;
};

const std::array<ModuleFieldInfo, kModuleFieldCount>& moduleFieldCatalogue();

} // namespace lens
