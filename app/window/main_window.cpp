// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/main_window.h"

#include "app/pages/action_button.h"
#include "app/pages/library_panel.h"
#include "app/pages/live_page.h"
#include "app/pages/message_area.h"
#include "app/pages/new_run_page.h"
#include "app/pages/run_header.h"
#include "app/pages/run_view.h"
#include "app/pages/side_panel.h"
#include "app/pages/status_strip.h"
#include "app/window/action_icons.h"
#include "app/window/workplace.h"
#include "widgets/controls/empty_state.h"
#include "widgets/theme/themed.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kMargin = 14;
constexpr QSize kFirstSize(1400, 860);
constexpr QSize kLeastSize(760, 520);

QWidget* createRule(QWidget* parent)
{
    auto* rule = new QFrame(parent);
    setRole(*rule, "upright");
    return rule;
}

} // namespace

MainWindow::MainWindow(Workplace& workplace, const Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_actions(this)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Training Lens"));
    setMinimumSize(kLeastSize);
    resize(kFirstSize);
    createZones(workplace, theme);
    createVerbs();
    createMenus();
    m_status = new StatusStrip(this);
    setStatusBar(m_status);
    showMiddle(Middle::Empty);
    applyContext({});
    centralWidget()->setFocus(); // Tab begins at the library
}

MainWindow::~MainWindow() = default;

void MainWindow::createZones(Workplace& workplace, const Theme& theme)
{
    auto* centre = new QWidget(this);
    m_library = new LibraryPanel(theme, centre);
    m_library->setFixedWidth(kLibraryWidth);
    m_side = new SidePanel(theme, centre);
    m_side->setFixedWidth(kSideWidth);
    m_libraryRule = createRule(centre);
    m_sideRule = createRule(centre);
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_library);
    row->addWidget(m_libraryRule);
    row->addWidget(createMiddle(workplace, theme), 1);
    row->addWidget(m_sideRule);
    row->addWidget(m_side);
    setCentralWidget(centre);
    connect(m_runView, &RunView::tabChanged, this, [this] {
        foldZones();
        emit viewChanged();
    });
}

QWidget* MainWindow::createMiddle(Workplace& workplace, const Theme& theme)
{
    auto* middle = new QWidget(this);
    setRole(*middle, "page");
    middle->setAttribute(Qt::WA_StyledBackground);
    m_messages = new MessageArea(theme, middle);
    m_empty = new EmptyState({}, {}, middle);
    m_runView = new RunView(theme, workplace.supervisor.engineProgram(), workplace.files, middle);
    m_stack = new QStackedWidget(middle);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_runView);
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(kMargin, kMargin - 4, kMargin, kMargin);
    layout->setSpacing(8);
    layout->addWidget(m_messages);
    layout->addWidget(m_stack, 1);
    return middle;
}

void MainWindow::createVerbs()
{
    for (const ActionId id : {ActionId::PauseOrResume, ActionId::CheckpointNow, ActionId::StopAndSave,
                              ActionId::Start, ActionId::ResumeRun})
        m_verbs.emplace_back(id, m_runView->header().addVerb(m_actions[id]));
}

QMenu* MainWindow::addMenu(const QString& title, std::initializer_list<ActionId> ids)
{
    QMenu* menu = menuBar()->addMenu(title);
    menu->setToolTipsVisible(true);
    for (const ActionId id : ids) {
        if (id == ActionId::Count)
            menu->addSeparator();
        else
            menu->addAction(&m_actions[id]);
    }
    return menu;
}

void MainWindow::createMenus()
{
    constexpr ActionId kLine = ActionId::Count;
    using Id = ActionId;
    addMenu(tr("&File"), {Id::NewRun, Id::OpenFolder, Id::OpenDemo, kLine, Id::Quit});
    QMenu* run = addMenu(tr("&Run"), {Id::Start, Id::ResumeRun, Id::PauseOrResume, Id::CheckpointNow,
                                      Id::StopAndSave, Id::Kill, kLine, Id::CopyAsNew, Id::Rename,
                                      Id::EditTags, Id::ShowFolder, Id::Delete});
    addMenu(tr("&View"),
            {Id::TabLive, Id::TabSamples, Id::TabLog, Id::TabConfiguration, kLine, Id::FitPlots,
             Id::FollowNewest, Id::LogLoss, kLine, Id::Filter, Id::ToggleLibrary, Id::ToggleSide});
    addMenu(tr("&Tools"), {Id::CheckMachine, Id::OpenSettings});
    addMenu(tr("&Help"), {Id::ShowHelp, Id::About});
    m_library->setContextMenu(run);
    auto* newRun = new ActionButton(m_actions[Id::NewRun], menuBar());
    newRun->setPrimary(true);
    menuBar()->setCornerWidget(newRun);
}

NewRunPage& MainWindow::newRunPage()
{
    if (!m_newRun) {
        m_newRun = new NewRunPage(m_stack);
        m_stack->addWidget(m_newRun); // the third, as Middle counts
    }
    return *m_newRun;
}

MainWindow::Middle MainWindow::middle() const
{
    return static_cast<Middle>(m_stack->currentIndex());
}

void MainWindow::showMiddle(Middle middle)
{
    m_stack->setCurrentIndex(static_cast<int>(middle));
    foldZones();
    emit viewChanged();
}

bool MainWindow::showsLivePage() const
{
    return !isMinimized() && middle() == Middle::Run && m_runView->tab() == RunView::Tab::Live;
}

void MainWindow::applyContext(const ActionContext& context)
{
    m_context = context;
    m_actions.apply(context);
    setActionIcons(m_actions, m_theme, context);
    const auto primary = primaryVerb(context);
    for (const auto& [id, button] : m_verbs) {
        button->setVisible(answerFor(id, context).visible);
        button->setPrimary(primary == id);
    }
}

void MainWindow::setTheme(const Theme& theme)
{
    m_theme = theme;
    setThemeOf(*this, theme);
    applyContext(m_context);
}

void MainWindow::setWantedZones(ZonesShown wanted)
{
    m_wanted = wanted;
    m_actions[ActionId::ToggleLibrary].setChecked(wanted.library);
    m_actions[ActionId::ToggleSide].setChecked(wanted.side);
    foldZones();
}

void MainWindow::foldZones()
{
    const ZonesShown shown = zonesFor(width(), m_wanted);
    const bool live = middle() == Middle::Run && m_runView->tab() == RunView::Tab::Live;
    m_library->setVisible(shown.library);
    m_libraryRule->setVisible(shown.library);
    m_side->setVisible(shown.side && live);
    m_sideRule->setVisible(shown.side && live);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    foldZones();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        emit viewChanged();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace lens
