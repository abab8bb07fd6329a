// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the window's tests share: a library in a temporary folder, runs made by the fake or the real engine,
// and waiting for something with a deadline.
#pragma once

#include "app/window/workplace.h"
#include "core/config/run_config.h"
#include "core/run/run_status.h"
#include "tests/support/test_paths.h"

#include <QString>
#include <QTest>

#include <memory>

namespace lens::test {

// The stand-in of tests/support/fake_engine.cpp.
QString fakeEngine();
// The real engine; empty where it is not built.
QString realEngine();

// For the engines started from here on, by way of the environment.
void setFake(const char* mode, int steps, int stepMs);

// A configuration that passes core's checks (its paths need not exist for the fake engine).
RunConfig plainConfig(const std::string& name);

struct TestLibrary {
    TestLibrary();
    std::unique_ptr<Workplace> workplace(const QString& engine) const;
    QString folder() const;
    // A prepared run; with `engineMode` run to its end by the fake engine first.
    QString addRun(const RunConfig& config) const;
    QString addEndedRun(const std::string& name, const char* engineMode, int steps = 200) const;

    TemporaryFolder temporary;
};

// The run's engine, if one is left, ends with the scope.
class EngineGuard {
public:
    explicit EngineGuard(QString runFolder) : m_folder(std::move(runFolder)) {}
    ~EngineGuard();
    EngineGuard(const EngineGuard&) = delete;
    EngineGuard& operator=(const EngineGuard&) = delete;

private:
    QString m_folder;
};

} // namespace lens::test
