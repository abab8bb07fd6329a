// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one place that connects the window with what it works with: actions with what they do, the library with
// its rows, settings with the view. GUI thread.
#pragma once

#include "app/run/run_library.h"
#include "app/window/library_binding.h"
#include "app/window/run_binding.h"
#include "app/window/system_theme.h"
#include "app/window/window_dialogs.h"

#include <QObject>

namespace lens {

class MainWindow;
class NewRunPage;
struct Workplace;

class WindowWiring : public QObject {
    Q_OBJECT

public:
    // Both must outlive this object.
    WindowWiring(Workplace& workplace, MainWindow& window, QObject* parent = nullptr);
    ~WindowWiring() override;

    // After the first frame: scans the library, asks the desktop for its colours.
    void begin();
    // A run's folder, from anywhere.
    void openFolder(const QString& folder);
    // Makes the demo run, or shows the one that was not started yet or is at work.
    void prepareDemo();
    void showRun(const QString& runFolder);
    RunBinding& binding() { return m_binding; }

private:
    void connectActions();
    void connectRunActions();
    void connectViewActions();
    void connectPlots();
    void connectLibrary();
    void connectPages();
    void connectSettings();
    void on(ActionId id, void (WindowWiring::*slot)());
    void onScanned();
    void showEmpty();
    void newRun();
    void copyAsNew();
    void openForm(const RunConfig& config);
    void connectForm(NewRunPage& page);
    void startNew(const RunConfig& config);
    void chooseFolder();
    void applyChosenTheme();

    Workplace& m_workplace;
    MainWindow& m_window;
    RunBinding m_binding;
    LibraryBinding m_library;
    WindowDialogs m_dialogs;
    SystemTheme m_systemTheme;
    bool m_startWhenCreated = false;
    bool m_scanned = false;
    bool m_demoWanted = false;
    bool m_dark = false;
};

} // namespace lens
