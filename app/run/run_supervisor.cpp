// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_supervisor.h"

#include "app/run/background.h"
#include "core/run/run_paths.h"

#include <QFileInfo>
#include <QProcess>

namespace lens {

RunSupervisor::RunSupervisor(QString engineProgram, QObject* parent)
    : QObject(parent)
    , m_engineProgram(std::move(engineProgram))
{
}

void RunSupervisor::start(const QString& runFolder)
{
    const RunPaths paths{runFolder.toStdString()};
    launch(runFolder, {QStringLiteral("train"), QString::fromStdString(paths.launchConfig().string()),
                       QStringLiteral("--run"), runFolder});
}

void RunSupervisor::resume(const QString& runFolder)
{
    launch(runFolder, {QStringLiteral("train"), QStringLiteral("--resume"), runFolder});
}

void RunSupervisor::launch(const QString& runFolder, const QStringList& arguments)
{
    const QString log = QString::fromStdString(RunPaths{runFolder.toStdString()}.log().string());
    inBackground(
        this, [program = m_engineProgram, arguments, log] { return startDetached(program, arguments, log); },
        [this, runFolder](const Outcome<qint64>& pid) {
            if (pid.value)
                emit started(runFolder, *pid.value);
            else
                emit startFailed(runFolder, QString::fromStdString(pid.text()));
        });
}

qint64 startDetached(const QString& program, const QStringList& arguments, const QString& logFile)
{
    if (!QFileInfo(program).isExecutable())
        throw Error("the engine program is missing", program.toStdString(),
                    "install training-lens-engine beside training-lens");
    // QProcess forks twice and calls setsid between, so that the engine has neither parent nor terminal.
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(logFile, QIODevice::Append);
    process.setStandardErrorFile(logFile, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        throw Error("the engine could not be started: " + process.errorString().toStdString(),
                    program.toStdString());
    return pid;
}

} // namespace lens
