// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/run_watch.h"

#include "core/base/error.h"
#include "core/base/translate.h"

#include <cmath>

namespace lens {
namespace {

constexpr std::uint64_t kRepeatSteps = 100;

struct SpikeWords {
    FindingKind spike;
    FindingKind shift;
    const char* spikeTitle;
    const char* shiftTitle;
    const char* subject;
    const char* advice;
};

const SpikeWords kLossWords{
    FindingKind::LossSpike,
    FindingKind::LossShift,
    LENS_TR("Loss spike"),
    LENS_TR("Loss rose and stayed high"),
    LENS_TR("The training loss"),
    LENS_TR("One such step is harmless when the loss comes back. If they repeat, look at the data of these "
            "steps, lower "
            "the learning rate or clip gradients lower."),
};

const SpikeWords kGradientWords{
    FindingKind::GradientSpike,
    FindingKind::GradientShift,
    LENS_TR("Gradient spike"),
    LENS_TR("Gradient norm rose and stayed high"),
    LENS_TR("The gradient norm before clipping"),
    LENS_TR("Such spikes often come before loss spikes. Clipping (max_grad_norm) bounds their effect; if "
            "they repeat, "
            "look at the data of these steps or lower the learning rate."),
};

std::string stepsText(std::uint64_t first, std::uint64_t last)
{
    return first == last ? "step " + std::to_string(first)
                         : "steps " + std::to_string(first) + " to " + std::to_string(last);
}

Finding spikeFinding(const Spike& spike, const SpikeWords& words)
{
    Finding finding;
    finding.kind = spike.stays ? words.shift : words.spike;
    finding.severity = Severity::Attention;
    finding.title = spike.stays ? words.shiftTitle : words.spikeTitle;
    const char* text =
        spike.stays
            ? LENS_TR("{subject} rose to {peak} and did not come down ({steps}); before, its median was "
                      "{median}, and {threshold} was the limit. {advice}")
            : LENS_TR("{subject} reached {peak} at step {peak_step} ({steps}); its recent median was "
                      "{median}, and {threshold} was the limit. {advice}");
    finding.text = fillText(text, {{"subject", words.subject},
                                   {"peak", shortNumber(spike.peak)},
                                   {"peak_step", std::to_string(spike.peakStep)},
                                   {"steps", stepsText(spike.firstStep, spike.lastStep)},
                                   {"median", shortNumber(spike.median)},
                                   {"threshold", shortNumber(spike.threshold)},
                                   {"advice", words.advice}});
    finding.value = spike.peak;
    finding.threshold = spike.threshold;
    finding.firstStep = spike.firstStep;
    finding.lastStep = spike.lastStep;
    return finding;
}

void append(std::vector<Finding>& findings, const std::optional<Spike>& spike, const SpikeWords& words)
{
    if (spike)
        findings.push_back(spikeFinding(*spike, words));
}

// What is not finite in the row, in words; empty if all is.
std::string nonFiniteParts(const MetricsRow& row)
{
    std::string parts;
    const auto add = [&parts](const std::string& part) { parts += (parts.empty() ? "" : ", ") + part; };
    for (const Series series : {Series::TrainLoss, Series::GradNorm, Series::EvalLoss}) {
        const auto value = row.get(series);
        if (value && !std::isfinite(*value))
            add(std::string(seriesInfo(series).key) + " is " + shortNumber(*value));
    }
    const double elements = row.get(Series::NonFiniteGradients).value_or(0);
    if (elements > 0)
        add(shortNumber(elements) + " gradient values are not finite");
    return parts;
}

double nonFiniteValue(const MetricsRow& row)
{
    for (const Series series : {Series::TrainLoss, Series::GradNorm, Series::EvalLoss}) {
        const auto value = row.get(series);
        if (value && !std::isfinite(*value))
            return *value;
    }
    return row.get(Series::NonFiniteGradients).value_or(0);
}

} // namespace

RunWatch::RunWatch(const WatchOptions& options)
    : m_loss(options.loss)
    , m_gradient(options.gradient)
    , m_learning(options.warmupSteps)
{
}

std::vector<Finding> RunWatch::add(const MetricsRow& row, const std::string& nonFiniteTensor)
{
    std::vector<Finding> findings;
    checkFinite(row, nonFiniteTensor, findings);
    m_learningRate = row.get(Series::LearningRate).value_or(m_learningRate);
    // The gradient first: its spikes come before those of the loss.
    if (const auto norm = row.get(Series::GradNorm))
        append(findings, m_gradient.add(row.step, *norm), kGradientWords);
    if (const auto loss = row.get(Series::TrainLoss)) {
        append(findings, m_loss.add(row.step, *loss), kLossWords);
        m_overfitting.addTrainLoss(*loss);
    }
    if (const auto loss = row.get(Series::EvalLoss)) {
        for (Finding& finding : addEvaluation(row.step, *loss))
            findings.push_back(std::move(finding));
    }
    return findings;
}

void RunWatch::checkFinite(const MetricsRow& row, const std::string& tensor, std::vector<Finding>& findings)
{
    const std::string parts = nonFiniteParts(row);
    if (parts.empty() && tensor.empty())
        return;
    ++m_nonFiniteSteps;
    if (!isToBeReported(row.step))
        return;
    Finding finding;
    finding.kind = FindingKind::NonFinite;
    finding.severity = Severity::Failure;
    finding.title = LENS_TR("Values that are not finite");
    finding.text = fillText(
        LENS_TR(
            "At step {step} {parts}{tensor}. {count} steps of this run had such values so far. Resume from a "
            "checkpoint before step {step} with a lower learning rate or gradient clipping, or look at the "
            "data "
            "of this step."),
        {{"step", std::to_string(row.step)},
         {"parts", parts.empty() ? std::string("values are NaN or infinite") : parts},
         {"tensor", tensor.empty() ? std::string() : ", first in " + tensor},
         {"count", std::to_string(m_nonFiniteSteps)}});
    finding.value = nonFiniteValue(row);
    finding.firstStep = finding.lastStep = row.step;
    finding.module = tensor;
    findings.push_back(finding);
}

// The first of consecutive steps, and not more than one in a hundred steps.
bool RunWatch::isToBeReported(std::uint64_t step)
{
    const bool goesOn = m_lastNonFinite > 0 && step <= m_lastNonFinite + 1;
    const bool recent = m_lastReportedNonFinite > 0 && step < m_lastReportedNonFinite + kRepeatSteps;
    m_lastNonFinite = step;
    if (recent || (goesOn && m_lastReportedNonFinite > 0))
        return false;
    m_lastReportedNonFinite = step;
    return true;
}

std::vector<Finding> RunWatch::addModules(const ModulesRow& row, const std::vector<std::string>& names)
{
    std::vector<Finding> findings;
    if (auto finding = m_learning.add(row, names, m_learningRate))
        findings.push_back(std::move(*finding));
    return findings;
}

std::vector<Finding> RunWatch::addEvaluation(std::uint64_t step, double loss)
{
    std::vector<Finding> findings;
    if (auto finding = m_overfitting.addEvaluation(step, loss))
        findings.push_back(std::move(*finding));
    return findings;
}

std::vector<Finding> RunWatch::finish()
{
    std::vector<Finding> findings;
    append(findings, m_gradient.finish(), kGradientWords);
    append(findings, m_loss.finish(), kLossWords);
    return findings;
}

Json RunWatch::state() const
{
    Json state{{"loss", m_loss.state()},
               {"gradient", m_gradient.state()},
               {"learning", m_learning.state()},
               {"overfitting", m_overfitting.state()},
               {"non_finite_steps", m_nonFiniteSteps},
               {"last_non_finite", m_lastNonFinite},
               {"last_reported_non_finite", m_lastReportedNonFinite}};
    if (!std::isnan(m_learningRate))
        state["learning_rate"] = m_learningRate;
    return state;
}

void RunWatch::restore(const Json& state)
{
    try {
        m_loss.restore(state.at("loss"));
        m_gradient.restore(state.at("gradient"));
        m_learning.restore(state.at("learning"));
        m_overfitting.restore(state.at("overfitting"));
        m_nonFiniteSteps = state.at("non_finite_steps").get<std::uint64_t>();
        m_lastNonFinite = state.at("last_non_finite").get<std::uint64_t>();
        m_lastReportedNonFinite = state.at("last_reported_non_finite").get<std::uint64_t>();
        m_learningRate = state.value("learning_rate", std::numeric_limits<double>::quiet_NaN());
    } catch (const nlohmann::json::exception& error) {
        throw Error(std::string("the watch's state is not readable: ") + error.what());
    }
}

} // namespace lens
