// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One prompt answered by the base model and by the run's adapter: a child of the window (unlike a run, it
// ends with it) that loads the model, answers twice and prints JSON lines. GUI thread, nothing waits.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>

namespace lens {

class CompareJob : public QObject {
    Q_OBJECT

public:
    explicit CompareJob(QString engineProgram, QObject* parent = nullptr);
    ~CompareJob() override;

    // Ends a comparison under way.
    void start(const QString& runFolder, const QString& prompt, int maxNewTokens);
    void cancel();
    bool running() const { return m_process.state() != QProcess::NotRunning; }

signals:
    void answered(const QString& base, const QString& adapter);
    void failed(const QString& reason);
    void cancelled();

private:
    void onFinished(int exitCode, QProcess::ExitStatus status);

    QString m_engineProgram;
    QProcess m_process;
    bool m_cancelled = false;
};

// The texts of an answer: one JSON object with "base" and "adapter". False if it is not that.
bool readComparison(const QByteArray& output, QString& base, QString& adapter);

} // namespace lens
