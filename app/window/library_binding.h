// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Binds the library to its panel and the status bar: rows as they are scanned, their small curves as they are
// read, and the step of the run in view, which its feed knows before the journal names it. GUI thread.
#pragma once

#include "app/run/metrics_feed.h"
#include "app/run/run_library.h"
#include "widgets/models/run_list_model.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace lens {

class MainWindow;
class RunBinding;
struct Workplace;

class LibraryBinding : public QObject {
    Q_OBJECT

public:
    LibraryBinding(Workplace& workplace, MainWindow& window, const RunBinding& inView,
                   QObject* parent = nullptr);

private:
    void onRows(const RunSummaries& rows, const QStringList& gone);
    void onCurve(const QString& runFolder, const SmallCurve& curve);
    RunRow rowInLibrary(const RunSummary& summary) const;
    void refreshRowInView();
    void requestCurve(const RunSummary& summary);

    Workplace& m_workplace;
    MainWindow& m_window;
    const RunBinding& m_binding;
    QHash<QString, SmallCurve> m_curves; // by folder
    QHash<QString, QElapsedTimer> m_curveRead;
    QTimer m_rowTimer;
};

// The library's row of a run.
RunRow rowOf(const RunSummary& summary);

} // namespace lens
