// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a window works with: settings, the library, the supervisor, the reading threads. Made once by main
// (and by tests) and passed on; it must outlive the window.
#pragma once

#include "app/run/metrics_feed.h"
#include "app/run/run_library.h"
#include "app/run/run_supervisor.h"
#include "app/run/worker_thread.h"
#include "app/settings/settings.h"

#include <QString>

namespace lens {

struct Workplace {
    // An empty settings file: the user's own.
    Workplace(const QString& settingsFile, const QString& engineProgram, QString resources)
        : settings(settingsFile)
        , supervisor(engineProgram)
        , resourceFolder(std::move(resources))
    {
    }

    Settings settings;
    WorkerThread files{QStringLiteral("files")};
    RunSupervisor supervisor;
    RunLibrary library;
    MetricsFeed feed;
    QString resourceFolder; // holds demo/ and perhaps translations/
};

} // namespace lens
