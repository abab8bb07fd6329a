// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A thread with an event loop for worker objects. Ends with its owner. Workers are moved to it and deleted in
// it when it finishes.
#pragma once

#include <QObject>
#include <QThread>

namespace lens {

class WorkerThread {
public:
    explicit WorkerThread(const QString& name)
    {
        m_thread.setObjectName(name);
        m_thread.start();
    }
    ~WorkerThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    // The worker belongs to the thread from here on.
    void adopt(QObject* worker)
    {
        worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, worker, &QObject::deleteLater);
    }

private:
    QThread m_thread;
};

} // namespace lens
