// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A new run: the form over the configuration at the left, what was found in the named files at the right.
// Checked at every change by core's own rules; nothing is started while something is wrong.
#pragma once

#include "app/run/launch_facts.h"
#include "core/base/error.h"
#include "core/config/run_config.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace lens {

class ConfigForm;
class Panel;

class NewRunPage : public QWidget {
    Q_OBJECT

public:
    explicit NewRunPage(QWidget* parent = nullptr);

    void setConfig(const RunConfig& config);
    // Disabled with a reason while no engine was found.
    void setStartable(bool startable, const QString& reason);
    void focusFirst();

signals:
    // A checked configuration with absolute paths.
    void startRequested(const lens::RunConfig& config);
    void cancelRequested();

private:
    void createLayout();
    QWidget* createHead();
    QWidget* createChecks();
    void check();
    void lookAtFiles();
    void lookAtModel(const QString& folder);
    void lookAtData(const QString& file);
    void showModel(const ModelFacts& facts);
    void showData(const DataFacts& facts);
    void updateChecks();
    void requestStart();

    ConfigForm* m_form = nullptr;
    QPushButton* m_start = nullptr;
    Panel* m_checks = nullptr;
    QLabel* m_modelText = nullptr;
    QLabel* m_dataText = nullptr;
    QLabel* m_stepsText = nullptr;
    QLabel* m_problemText = nullptr;
    QTimer m_fileTimer;
    RunConfig m_config;
    std::vector<Problem> m_problems;
    QString m_modelSeen;
    QString m_dataSeen;
    std::vector<Problem> m_fileProblems;
    int m_look = 0;
    std::uint64_t m_rows = 0;
    bool m_startable = true;
    QString m_whyNot;
};

} // namespace lens
