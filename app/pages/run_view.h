// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The middle zone of a run: header, tabs, pages. Only places them; the wiring fills them.
#pragma once

#include "app/run/worker_thread.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace lens {

class ConfigurationPage;
class LivePage;
class LogPage;
class RunHeader;
class SamplesPage;

class RunView : public QWidget {
    Q_OBJECT

public:
    enum class Tab { Live, Samples, Log, Configuration };

    RunView(const Theme& theme, const QString& engineProgram, WorkerThread& files, QWidget* parent = nullptr);

    RunHeader& header() { return *m_header; }
    LivePage& live() { return *m_live; }
    SamplesPage& samples() { return *m_samples; }
    LogPage& log() { return *m_log; }
    ConfigurationPage& configuration() { return *m_configuration; }
    Tab tab() const;
    void setTab(Tab tab);

signals:
    void tabChanged();

private:
    void createTabs();

    RunHeader* m_header;
    LivePage* m_live;
    SamplesPage* m_samples;
    LogPage* m_log;
    ConfigurationPage* m_configuration;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
};

} // namespace lens
