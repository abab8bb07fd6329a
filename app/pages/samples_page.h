// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the model writes: the configuration's prompts over the steps, and any prompt answered by the base
// model and by the adapter side by side.
#pragma once

#include "app/run/sample_record.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace lens {

class CompareJob;
class EmptyState;
class Panel;
class SampleListModel;

class SamplesPage : public QWidget {
    Q_OBJECT

public:
    explicit SamplesPage(const QString& engineProgram, QWidget* parent = nullptr);

    void showRun(const QString& runFolder);
    // Whether there is an adapter to ask; the reason is shown where there is none.
    void setComparable(bool comparable, const QString& reason);
    void addSamples(const SampleRecords& samples);

private:
    QWidget* createComparison();
    QWidget* createHistory();
    QPlainTextEdit* createAnswer(const QString& name);
    void updatePrompts();
    void choosePrompt(int index);
    void compare();
    void showAnswers(const QString& base, const QString& adapter);
    void showState(const QString& text, bool busy);

    QString m_runFolder;
    CompareJob* m_job;
    SampleListModel* m_samples;
    QSortFilterProxyModel* m_ofPrompt = nullptr;
    QComboBox* m_prompts = nullptr;
    QTableView* m_table = nullptr;
    EmptyState* m_empty = nullptr;
    QLineEdit* m_question = nullptr;
    QPushButton* m_compare = nullptr;
    QProgressBar* m_busy = nullptr;
    QLabel* m_state = nullptr;
    QWidget* m_answers = nullptr;
    QPlainTextEdit* m_base = nullptr;
    QPlainTextEdit* m_adapter = nullptr;
    bool m_comparable = false;
};

} // namespace lens
