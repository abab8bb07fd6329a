// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/compare_job.h"

#include "core/base/error.h"
#include "core/base/json.h"

namespace lens {
namespace {

constexpr int kEndMs = 2000;

QString member(const Json& object, const char* key)
{
    return object.contains(key) && object[key].is_string()
               ? QString::fromStdString(object[key].get<std::string>())
               : QString();
}

QString lastLine(const QByteArray& text)
{
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last();
}

} // namespace

CompareJob::CompareJob(QString engineProgram, QObject* parent)
    : QObject(parent)
    , m_engineProgram(std::move(engineProgram))
{
    connect(&m_process, &QProcess::finished, this, &CompareJob::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            emit failed(m_process.errorString());
    });
}

CompareJob::~CompareJob()
{
    m_process.disconnect(this);
    if (!running())
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(kEndMs))
        m_process.kill();
}

void CompareJob::start(const QString& runFolder, const QString& prompt, int maxNewTokens)
{
    if (running())
        return;
    m_cancelled = false;
    m_process.start(m_engineProgram,
                    {QStringLiteral("generate"), QStringLiteral("--run"), runFolder,
                     QStringLiteral("--prompt"), prompt, QStringLiteral("--max-new-tokens"),
                     QString::number(maxNewTokens), QStringLiteral("--compare"), QStringLiteral("--json")},
                    QIODevice::ReadOnly);
}

void CompareJob::cancel()
{
    if (!running())
        return;
    m_cancelled = true;
    m_process.terminate();
}

void CompareJob::onFinished(int exitCode, QProcess::ExitStatus status)
{
    if (m_cancelled)
        return emit cancelled();
    QString base;
    QString adapter;
    const bool good = status == QProcess::NormalExit && exitCode == 0 &&
                      readComparison(m_process.readAllStandardOutput(), base, adapter);
    if (good)
        return emit answered(base, adapter);
    const QString reason = lastLine(m_process.readAllStandardError());
    emit failed(reason.isEmpty() ? tr("the engine gave no answer") : reason);
}

bool readComparison(const QByteArray& output, QString& base, QString& adapter)
{
    try {
        const Json answer = parseJson(output.toStdString(), "generate");
        if (!answer.is_object() || !answer.contains("base") || !answer.contains("adapter"))
            return false;
        base = member(answer, "base");
        adapter = member(answer, "adapter");
        return true;
    } catch (const Error&) {
        return false;
    }
}

} // namespace lens
