// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/metrics_feed.h"

#include "app/run/feed_worker.h"

#include <cmath>

namespace lens {

MetricsFeed::MetricsFeed(QObject* parent)
    : QObject(parent)
    , m_thread(QStringLiteral("metrics"))
    , m_worker(new FeedWorker)
{
    connect(m_worker, &FeedWorker::batchRead, this, &MetricsFeed::batchArrived);
    connect(m_worker, &FeedWorker::troubled, this, &MetricsFeed::troubled);
    connect(m_worker, &FeedWorker::curveRead, this, &MetricsFeed::curveRead);
    connect(m_worker, &FeedWorker::consolidated, this, &MetricsFeed::consolidated);
    m_thread.adopt(m_worker);
}

MetricsFeed::~MetricsFeed() = default;

int MetricsFeed::follow(const QString& runFolder)
{
    const int job = ++m_job;
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, runFolder, job] { worker->follow(runFolder, job); });
    return job;
}

void MetricsFeed::setPace(FeedPace pace)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, pace] { worker->setPace(pace); });
}

void MetricsFeed::requestCurve(const QString& runFolder, int points)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, runFolder, points] { worker->readCurve(runFolder, points); });
}

void MetricsFeed::consolidate(const QString& runFolder)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, runFolder] { worker->consolidate(runFolder); });
}

std::vector<float> thinnedCurve(const std::vector<float>& values, int points)
{
    std::vector<float> thin;
    const std::size_t wanted = std::min(values.size(), static_cast<std::size_t>(std::max(points, 0)));
    for (std::size_t i = 0; i < wanted; ++i) {
        double sum = 0;
        int count = 0;
        for (std::size_t k = i * values.size() / wanted; k < (i + 1) * values.size() / wanted; ++k) {
            if (!std::isfinite(values[k]))
                continue;
            sum += static_cast<double>(values[k]);
            ++count;
        }
        if (count > 0)
            thin.push_back(static_cast<float>(sum / count));
    }
    return thin;
}

} // namespace lens
