// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The dialogs of the window: asked for by actions, opened without stopping anything else. GUI thread.
#pragma once

#include "app/window/action_rules.h"

#include <QObject>

#include <functional>

namespace lens {

class MainWindow;
class RunBinding;
struct Workplace;

class WindowDialogs : public QObject {
    Q_OBJECT

public:
    WindowDialogs(Workplace& workplace, MainWindow& window, RunBinding& binding, QObject* parent = nullptr);

private:
    void on(ActionId id, void (WindowDialogs::*slot)());
    void rename();
    void editTags();
    void deleteRun();
    void confirmKill();
    void openSettings();
    void showAbout();
    void checkMachine();
    void showHelp();
    void askText(const QString& title, const QString& label, const QString& text,
                 std::function<void(const QString&)> then);
    void ask(const QString& title, const QString& text, const QString& yes, std::function<void()> then);

    Workplace& m_workplace;
    MainWindow& m_window;
    RunBinding& m_binding;
};

} // namespace lens
