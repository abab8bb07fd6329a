// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The window's one HDF5 thread. Follows the metrics of the run in view, reads the small curves of the
// library's rows, and consolidates runs found dead. GUI thread outside; everything slow happens inside.
// Values leave by queued signal, at most ten a second, each batch with the number of the follow() it is for.
#pragma once

#include "app/run/worker_thread.h"
#include "core/store/run_reader.h"

#include <QList>
#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace lens {

// Fast: polled every 50 ms (the page is visible and the run lives). Slow: every second. Still: not at all.
enum class FeedPace { Still, Slow, Fast };

using SharedBatch = std::shared_ptr<const MetricsBatch>;

// What the library shows of a run's numbers.
struct SmallCurve {
    QList<float> losses;          // over the run so far, evenly spaced
    std::uint64_t newestStep = 0; // the journal names a step only now and then
    std::optional<double> lastLoss;
};

class FeedWorker;

class MetricsFeed : public QObject {
    Q_OBJECT

public:
    explicit MetricsFeed(QObject* parent = nullptr);
    ~MetricsFeed() override;

    // From the run's first row; what was followed before is forgotten. Empty: follow nothing. Returns the
    // number that the batches of this run carry.
    int follow(const QString& runFolder);
    void setPace(FeedPace pace);
    // Answered by curveRead with at most `points` values of the training loss.
    void requestCurve(const QString& runFolder, int points);
    // Makes metrics.h5 of a run that is dead; failures are reported by troubled and leave the run as it was.
    void consolidate(const QString& runFolder);

signals:
    void batchArrived(int job, const lens::SharedBatch& batch);
    void troubled(int job, const QString& text);
    void curveRead(const QString& runFolder, const lens::SmallCurve& curve);
    void consolidated(const QString& runFolder);

private:
    WorkerThread m_thread;
    FeedWorker* m_worker; // lives in m_thread, deleted there
    int m_job = 0;
};

// Mean of each of `points` equal stretches; a stretch without a finite value is left out.
std::vector<float> thinnedCurve(const std::vector<float>& values, int points);

} // namespace lens
