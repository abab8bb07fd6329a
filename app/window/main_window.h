// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The one window: places zones, menus and status bar, folds zones that have no room. Knows no run, no file,
// no process; WindowWiring connects it.
#pragma once

#include "app/window/actions.h"
#include "app/window/zone_rules.h"
#include "widgets/theme/theme.h"

#include <QMainWindow>

#include <vector>

class QMenu;
class QStackedWidget;

namespace lens {

class ActionButton;
class EmptyState;
class LibraryPanel;
class MessageArea;
class NewRunPage;
class RunView;
class SidePanel;
class StatusStrip;
struct Workplace;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    enum class Middle { Empty, Run, NewRun };

    MainWindow(Workplace& workplace, const Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    const Actions& actions() const { return m_actions; }
    LibraryPanel& library() { return *m_library; }
    RunView& runView() { return *m_runView; }
    // A large form: made when it is first asked for.
    NewRunPage& newRunPage();
    bool hasNewRunPage() const { return m_newRun; }
    SidePanel& sidePanel() { return *m_side; }
    MessageArea& messages() { return *m_messages; }
    EmptyState& emptyPage() { return *m_empty; }
    StatusStrip& statusStrip() { return *m_status; }

    Middle middle() const;
    void showMiddle(Middle middle);
    // Menus, buttons and tooltips for what is in view now.
    void applyContext(const ActionContext& context);
    void setTheme(const Theme& theme);
    void setWantedZones(ZonesShown wanted);
    ZonesShown wantedZones() const { return m_wanted; }

    // The Live page is what a user would see now.
    bool showsLivePage() const;

signals:
    // Another page, another tab, minimized or back.
    void viewChanged();
    void closing();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void createZones(Workplace& workplace, const Theme& theme);
    QWidget* createMiddle(Workplace& workplace, const Theme& theme);
    void createMenus();
    QMenu* addMenu(const QString& title, std::initializer_list<ActionId> ids);
    void createVerbs();
    void foldZones();

    Actions m_actions;
    LibraryPanel* m_library = nullptr;
    MessageArea* m_messages = nullptr;
    EmptyState* m_empty = nullptr;
    RunView* m_runView = nullptr;
    NewRunPage* m_newRun = nullptr;
    QStackedWidget* m_stack = nullptr;
    SidePanel* m_side = nullptr;
    QWidget* m_sideRule = nullptr;
    QWidget* m_libraryRule = nullptr;
    StatusStrip* m_status = nullptr;
    std::vector<std::pair<ActionId, ActionButton*>> m_verbs;
    ActionContext m_context;
    Theme m_theme;
    ZonesShown m_wanted;
};

} // namespace lens
