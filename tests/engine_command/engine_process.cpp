// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/engine_command/engine_process.h"

#include "core/base/install_paths.h"

#include <QProcess>

namespace lens::test {

EngineAnswer runEngine(const QStringList& arguments, const EngineCall& call)
{
    QProcess process;
    process.setWorkingDirectory(word(call.folder));
    process.setEnvironment(QProcess::systemEnvironment() + call.environment);
    process.start(word(engineProgram()), arguments);
    process.write(call.input);
    process.closeWriteChannel();
    EngineAnswer answer;
    if (!process.waitForFinished(120000)) {
        process.kill();
        process.waitForFinished();
        return answer;
    }
    answer.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    answer.out = QString::fromUtf8(process.readAllStandardOutput());
    answer.err = QString::fromUtf8(process.readAllStandardError());
    return answer;
}

QString word(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

} // namespace lens::test
