// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/overfitting_check.h"

#include "core/base/translate.h"
#include "core/metrics/statistics.h"

#include <algorithm>
#include <cmath>

namespace lens {
namespace {

constexpr std::size_t kEvaluations = 3;
constexpr double kRise = 0.015;

} // namespace

void OverfittingCheck::addTrainLoss(double loss)
{
    if (!std::isfinite(loss))
        return;
    m_trainSum += loss;
    ++m_trainCount;
}

std::optional<Finding> OverfittingCheck::addEvaluation(std::uint64_t step, double loss)
{
    if (m_lastStep && step <= *m_lastStep)
        return std::nullopt;
    m_lastStep = step;
    const double trainLoss = m_trainSum / static_cast<double>(m_trainCount); // NaN if there was none
    m_trainSum = 0;
    m_trainCount = 0;
    if (!std::isfinite(loss))
        return std::nullopt;
    const Evaluation evaluation{step, loss, trainLoss};
    if (m_sinceBest.empty() || loss < m_sinceBest.front().loss) {
        m_sinceBest = {evaluation};
        m_reported = false;
        return std::nullopt;
    }
    m_sinceBest.push_back(evaluation);
    const Evaluation& best = m_sinceBest.front();
    const double threshold = best.loss + kRise * std::fabs(best.loss);
    const auto isAbove = [threshold](const Evaluation& one) { return one.loss > threshold; };
    if (m_reported || m_sinceBest.size() <= kEvaluations ||
        !std::all_of(m_sinceBest.end() - kEvaluations, m_sinceBest.end(), isAbove) || !(trainSlope() < 0))
        return std::nullopt;
    m_reported = true;
    Finding finding;
    finding.kind = FindingKind::Overfitting;
    finding.severity = Severity::Attention;
    finding.title = LENS_TR("Evaluation rises while training falls");
    finding.text = fillText(
        LENS_TR(
            "The last {count} evaluations are above {threshold}, which is {percent} % over the best "
            "evaluation "
            "loss {best} at step {best_step}, while the training loss still falls: the model learns the "
            "training "
            "data by heart. The checkpoint of step {best_step} is the one to keep; stop here, or start again "
            "with fewer steps, more data, a smaller rank or more dropout."),
        {{"count", std::to_string(kEvaluations)},
         {"threshold", shortNumber(threshold)},
         {"percent", shortNumber(100 * kRise)},
         {"best", shortNumber(best.loss)},
         {"best_step", std::to_string(best.step)}});
    finding.value = loss;
    finding.threshold = threshold;
    finding.firstStep = (m_sinceBest.end() - kEvaluations)->step;
    finding.lastStep = step;
    return finding;
}

double OverfittingCheck::trainSlope() const
{
    std::vector<double> steps;
    std::vector<double> losses;
    for (const Evaluation& evaluation : m_sinceBest) {
        steps.push_back(static_cast<double>(evaluation.step));
        losses.push_back(evaluation.trainLoss);
    }
    return theilSenSlope(steps, losses);
}

Json OverfittingCheck::state() const
{
    Json evaluations = Json::array();
    for (const Evaluation& one : m_sinceBest)
        evaluations.push_back(
            {one.step, one.loss, std::isnan(one.trainLoss) ? Json("NaN") : Json(one.trainLoss)});
    return {{"last_step", m_lastStep ? Json(*m_lastStep) : Json(nullptr)},
            {"since_best", evaluations},
            {"train_sum", m_trainSum},
            {"train_count", m_trainCount},
            {"reported", m_reported}};
}

void OverfittingCheck::restore(const Json& state)
{
    const Json& lastStep = state.at("last_step");
    m_lastStep = lastStep.is_null() ? std::nullopt : std::optional(lastStep.get<std::uint64_t>());
    m_sinceBest.clear();
    for (const Json& one : state.at("since_best"))
        m_sinceBest.push_back({one.at(0).get<std::uint64_t>(), jsonNumber(one.at(1)), jsonNumber(one.at(2))});
    m_trainSum = state.at("train_sum").get<double>();
    m_trainCount = state.at("train_count").get<std::uint64_t>();
    m_reported = state.at("reported").get<bool>();
}

} // namespace lens
