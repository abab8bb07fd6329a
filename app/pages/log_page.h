// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// engine.log as it grows, with a search. Keeps its place unless it stands at the end.
#pragma once

#include "app/run/log_follower.h"
#include "app/run/worker_thread.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace lens {

class LogPage : public QWidget {
    Q_OBJECT

public:
    explicit LogPage(WorkerThread& files, QWidget* parent = nullptr);
    ~LogPage() override;

    void showRun(const QString& runFolder);
    void focusSearch();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void createLayout();
    void append(const QString& text);
    void restart(bool cutAtStart);
    void setFollowing(bool following);
    void search(bool backward);
    void markMatches();

    WorkerThread& m_files;
    LogFollower* m_follower = nullptr; // lives in the files thread
    QLineEdit* m_search = nullptr;
    QLabel* m_matches = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

} // namespace lens
