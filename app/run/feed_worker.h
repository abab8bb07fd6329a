// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The inside of MetricsFeed: lives in its thread, owns the RunReader.
#pragma once

#include "app/run/metrics_feed.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace lens {

class FeedWorker : public QObject {
    Q_OBJECT

public:
    explicit FeedWorker();

    void follow(const QString& runFolder, int job);
    void setPace(FeedPace pace);
    void readCurve(const QString& runFolder, int points);
    void consolidate(const QString& runFolder);

signals:
    void batchRead(int job, const lens::SharedBatch& batch);
    void troubled(int job, const QString& text);
    void curveRead(const QString& runFolder, const lens::SmallCurve& curve);
    void consolidated(const QString& runFolder);

private:
    void poll();
    void gather(MetricsBatch&& batch);
    void sendIfDue();
    void report();

    std::unique_ptr<RunReader> m_reader;
    QTimer* m_timer; // the steady pace
    QTimer* m_again; // once more: rows or an unsent batch are left
    QElapsedTimer m_sinceSent;
    std::shared_ptr<MetricsBatch> m_waiting;
    QString m_trouble;
    FeedPace m_pace = FeedPace::Still;
    int m_job = 0;
};

} // namespace lens
