// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/feed_worker.h"

#include "core/base/error.h"

#include <algorithm>

namespace lens {
namespace {

constexpr int kFastMs = 50;
constexpr int kSlowMs = 1000;
constexpr int kSendMs = 100; // at most ten signals a second
constexpr std::size_t kRowsPerRead = 65536;

std::size_t rowCount(const MetricsBatch& batch)
{
    std::size_t rows = 0;
    for (const auto& part : batch.parts)
        rows += part.rows.size();
    return rows;
}

// Rows of a newer segment take the place of older ones from its first step on.
void appendLosses(const MetricsBatch& batch, std::vector<std::pair<std::uint64_t, float>>& losses)
{
    for (const auto& part : batch.parts) {
        if (part.newSegment)
            while (!losses.empty() && losses.back().first >= part.firstStep)
                losses.pop_back();
        for (const MetricsRow& row : part.rows)
            if (const auto loss = row.get(Series::TrainLoss))
                losses.emplace_back(row.step, static_cast<float>(*loss));
    }
}

} // namespace

FeedWorker::FeedWorker() : m_timer(new QTimer(this)), m_again(new QTimer(this))
{
    m_again->setSingleShot(true);
    connect(m_again, &QTimer::timeout, this, &FeedWorker::poll);
    connect(m_timer, &QTimer::timeout, this, &FeedWorker::poll);
}

void FeedWorker::follow(const QString& runFolder, int job)
{
    m_job = job;
    m_waiting.reset();
    m_trouble.clear();
    m_reader = runFolder.isEmpty() ? nullptr : std::make_unique<RunReader>(runFolder.toStdString());
    if (m_reader)
        poll();
}

void FeedWorker::setPace(FeedPace pace)
{
    m_pace = pace;
    if (pace == FeedPace::Still)
        return m_timer->stop();
    m_timer->start(pace == FeedPace::Fast ? kFastMs : kSlowMs);
    if (m_reader)
        poll();
}

void FeedWorker::poll()
{
    if (!m_reader)
        return;
    MetricsBatch batch = m_reader->readNew(kRowsPerRead);
    const bool more = rowCount(batch) >= kRowsPerRead;
    gather(std::move(batch));
    sendIfDue();
    report();
    if (more || m_waiting)
        m_again->start(more ? 0 : kFastMs);
}

void FeedWorker::gather(MetricsBatch&& batch)
{
    if (batch.empty())
        return;
    if (!m_waiting) {
        m_waiting = std::make_shared<MetricsBatch>(std::move(batch));
        return;
    }
    std::move(batch.parts.begin(), batch.parts.end(), std::back_inserter(m_waiting->parts));
}

void FeedWorker::sendIfDue()
{
    if (!m_waiting || (m_sinceSent.isValid() && m_sinceSent.elapsed() < kSendMs))
        return;
    m_sinceSent.start();
    emit batchRead(m_job, std::exchange(m_waiting, nullptr));
}

void FeedWorker::report()
{
    const QString trouble = QString::fromStdString(m_reader->trouble());
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    emit troubled(m_job, trouble);
}

void FeedWorker::readCurve(const QString& runFolder, int points)
{
    RunReader reader(runFolder.toStdString());
    std::vector<std::pair<std::uint64_t, float>> losses;
    for (;;) {
        const MetricsBatch batch = reader.readNew(kRowsPerRead);
        appendLosses(batch, losses);
        if (rowCount(batch) < kRowsPerRead)
            break;
    }
    std::vector<float> values;
    values.reserve(losses.size());
    for (const auto& [step, loss] : losses)
        values.push_back(loss);
    const std::vector<float> thin = thinnedCurve(values, points);
    SmallCurve curve{QList<float>(thin.begin(), thin.end()), 0, std::nullopt};
    if (!losses.empty()) {
        curve.newestStep = losses.back().first;
        curve.lastLoss = static_cast<double>(losses.back().second);
    }
    emit curveRead(runFolder, curve);
}

void FeedWorker::consolidate(const QString& runFolder)
{
    try {
        consolidateRun(runFolder.toStdString());
        emit consolidated(runFolder);
    } catch (const Error& error) {
        emit troubled(m_job, QString::fromStdString(error.first().text()));
    }
}

} // namespace lens
