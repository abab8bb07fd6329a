// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/app/app_fixture.h"

#include "core/run/run_folder.h"
#include "core/run/run_lock.h"

#include <QProcess>

#include <csignal>

namespace lens::test {

QString fakeEngine()
{
    return QString::fromStdString((buildFolder() / "tests/fake_engine").string());
}

QString realEngine()
{
    return qEnvironmentVariable("LENS_ENGINE");
}

void setFake(const char* mode, int steps, int stepMs)
{
    qputenv("LENS_FAKE_MODE", mode);
    qputenv("LENS_FAKE_STEPS", QByteArray::number(steps));
    qputenv("LENS_FAKE_STEP_MS", QByteArray::number(stepMs));
}

RunConfig plainConfig(const std::string& name)
{
    RunConfig config;
    config.name = name;
    config.model.path = "/models/SmolLM2-135M";
    config.data.trainFile = "/data/alpaca-clean.jsonl";
    return config;
}

TestLibrary::TestLibrary() = default;

QString TestLibrary::folder() const
{
    return QString::fromStdString((temporary.path() / "runs").string());
}

std::unique_ptr<Workplace> TestLibrary::workplace(const QString& engine) const
{
    const QString settings = QString::fromStdString((temporary.path() / "window.ini").string());
    auto place = std::make_unique<Workplace>(settings, engine,
                                             QString::fromStdString((sourceFolder() / "resources").string()));
    place->settings.setLibraryFolder(folder());
    return place;
}

QString TestLibrary::addRun(const RunConfig& config) const
{
    return QString::fromStdString(createRunFolder(folder().toStdString(), config).folder.string());
}

QString TestLibrary::addEndedRun(const std::string& name, const char* engineMode, int steps) const
{
    const QString run = addRun(plainConfig(name));
    setFake(engineMode, steps, 0);
    QProcess engine;
    const QString log = run + QStringLiteral("/engine.log");
    engine.setStandardOutputFile(log, QIODevice::Append);
    engine.setStandardErrorFile(log, QIODevice::Append);
    engine.start(fakeEngine(), {QStringLiteral("train"), run + QStringLiteral("/config.json"),
                                QStringLiteral("--run"), run});
    engine.waitForFinished();
    return run;
}

EngineGuard::~EngineGuard()
{
    const RunPaths paths{m_folder.toStdString()};
    for (int i = 0; i < 200; ++i) {
        const auto holder = lockHolder(paths.lock());
        if (!holder)
            return;
        if (holder->pid > 1 && isSameProcess(*holder))
            ::kill(static_cast<pid_t>(holder->pid), SIGKILL);
        QTest::qSleep(10);
    }
}

} // namespace lens::test
