// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/window_wiring.h"

#include "app/pages/library_panel.h"
#include "app/pages/live_page.h"
#include "app/pages/log_page.h"
#include "app/pages/message_area.h"
#include "app/pages/new_run_page.h"
#include "app/pages/run_view.h"
#include "app/pages/side_panel.h"
#include "app/pages/status_strip.h"
#include "app/run/background.h"
#include "app/window/main_window.h"
#include "app/window/workplace.h"
#include "core/config/config_parser.h"
#include "core/run/run_folder.h"
#include "widgets/controls/empty_state.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLineEdit>
#include <QUrl>

namespace lens {
namespace {

const QString kLibrarySubject = QStringLiteral("library");

} // namespace

WindowWiring::WindowWiring(Workplace& workplace, MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_workplace(workplace)
    , m_window(window)
    , m_binding(workplace, window.runView(), window.sidePanel(), window.messages())
    , m_library(workplace, window, m_binding)
    , m_dialogs(workplace, window, m_binding)
    , m_dark(qApp->palette().color(QPalette::Window).lightness() < 128)
{
    connectActions();
    connectRunActions();
    connectViewActions();
    connectLibrary();
    connectPages();
    connectSettings();
    showEmpty();
}

WindowWiring::~WindowWiring() = default;

void WindowWiring::begin()
{
    m_workplace.library.setFolder(m_workplace.settings.libraryFolder());
    inBackground(this, readMachine, [this](const Outcome<Machine>& machine) {
        if (machine.value)
            m_window.statusStrip().showMachine(*machine.value);
    });
    if (m_workplace.settings.theme() == ThemeChoice::System)
        m_systemTheme.ask();
}

void WindowWiring::on(ActionId id, void (WindowWiring::*slot)())
{
    connect(&m_window.actions()[id], &QAction::triggered, this, slot);
}

void WindowWiring::connectActions()
{
    on(ActionId::NewRun, &WindowWiring::newRun);
    on(ActionId::OpenFolder, &WindowWiring::chooseFolder);
    on(ActionId::OpenDemo, &WindowWiring::prepareDemo);
    on(ActionId::CopyAsNew, &WindowWiring::copyAsNew);
    connect(&m_window.actions()[ActionId::Quit], &QAction::triggered, &m_window, &QWidget::close);
    connect(&m_window.actions()[ActionId::ShowFolder], &QAction::triggered, this, [this] {
        if (m_binding.session())
            QDesktopServices::openUrl(QUrl::fromLocalFile(m_binding.session()->folder()));
    });
}

void WindowWiring::connectRunActions()
{
    const auto onRun = [this](ActionId id, void (RunSession::*verb)()) {
        connect(&m_window.actions()[id], &QAction::triggered, this, [this, verb] {
            if (m_binding.session())
                (m_binding.session()->*verb)();
        });
    };
    onRun(ActionId::Start, &RunSession::start);
    onRun(ActionId::ResumeRun, &RunSession::resumeFromCheckpoint);
    onRun(ActionId::CheckpointNow, &RunSession::checkpointNow);
    onRun(ActionId::StopAndSave, &RunSession::stopAndSave);
    connect(&m_window.actions()[ActionId::PauseOrResume], &QAction::triggered, this, [this] {
        RunSession* session = m_binding.session();
        if (session && session->status().state == RunState::Paused)
            session->unpause();
        else if (session)
            session->pause();
    });
    connect(&m_binding, &RunBinding::contextChanged, this,
            [this] { m_window.applyContext(m_binding.context()); });
}

void WindowWiring::connectViewActions()
{
    const Actions& actions = m_window.actions();
    const std::pair<ActionId, RunView::Tab> tabs[] = {
        {ActionId::TabLive, RunView::Tab::Live},
        {ActionId::TabSamples, RunView::Tab::Samples},
        {ActionId::TabLog, RunView::Tab::Log},
        {ActionId::TabConfiguration, RunView::Tab::Configuration}};
    for (const auto& [id, tab] : tabs)
        connect(&actions[id], &QAction::triggered, this, [this, tab = tab] {
            m_window.showMiddle(MainWindow::Middle::Run);
            m_window.runView().setTab(tab);
        });
    // On the Log page Ctrl+F searches the log.
    connect(&actions[ActionId::Filter], &QAction::triggered, this, [this] {
        if (m_window.middle() == MainWindow::Middle::Run && m_window.runView().tab() == RunView::Tab::Log)
            return m_window.runView().log().focusSearch();
        m_window.library().filter().setFocus(Qt::ShortcutFocusReason);
        m_window.library().filter().selectAll();
    });
    const auto zones = [this] {
        const Actions& now = m_window.actions();
        const ZonesShown wanted{now[ActionId::ToggleLibrary].isChecked(),
                                now[ActionId::ToggleSide].isChecked()};
        m_window.setWantedZones(wanted);
        m_workplace.settings.setLibraryShown(wanted.library);
        m_workplace.settings.setSideShown(wanted.side);
    };
    connect(&actions[ActionId::ToggleLibrary], &QAction::triggered, this, zones);
    connect(&actions[ActionId::ToggleSide], &QAction::triggered, this, zones);
    connectPlots();
    connect(&actions[ActionId::FitPlots], &QAction::triggered, this,
            [this] { m_window.runView().live().fitAll(); });
    connect(&m_window, &MainWindow::closing, this,
            [this] { m_workplace.settings.setWindowGeometry(m_window.saveGeometry()); });
    connect(&m_window, &MainWindow::viewChanged, this,
            [this] { m_binding.setOnScreen(m_window.showsLivePage()); });
}

void WindowWiring::connectPlots()
{
    Settings& settings = m_workplace.settings;
    LivePage& live = m_window.runView().live();
    QAction& follow = m_window.actions()[ActionId::FollowNewest];
    QAction& logLoss = m_window.actions()[ActionId::LogLoss];
    live.setXAxis(settings.xAxis());
    live.setSmoothing(settings.smoothing());
    live.setFollowing(settings.followNewest());
    live.setLogLoss(settings.logLossAxis());
    follow.setChecked(settings.followNewest());
    logLoss.setChecked(settings.logLossAxis());
    connect(&live, &LivePage::xAxisChosen, &settings, &Settings::setXAxis);
    connect(&live, &LivePage::smoothingChosen, &settings, &Settings::setSmoothing);
    connect(&live, &LivePage::smoothingChosen, &m_binding, &RunBinding::setSmoothing);
    connect(&live, &LivePage::followingChanged, &settings, &Settings::setFollowNewest);
    connect(&live, &LivePage::followingChanged, &follow, &QAction::setChecked);
    connect(&follow, &QAction::triggered, &live, &LivePage::setFollowing);
    connect(&logLoss, &QAction::triggered, &live, &LivePage::setLogLoss);
    connect(&logLoss, &QAction::triggered, &settings, &Settings::setLogLossAxis);
}

void WindowWiring::connectLibrary()
{
    RunLibrary& library = m_workplace.library;
    connect(&library, &RunLibrary::rowsChanged, this, [this](const RunSummaries&, const QStringList& gone) {
        if (m_binding.session() && gone.contains(m_binding.session()->folder()))
            showEmpty();
    });
    connect(&library, &RunLibrary::scanned, this, &WindowWiring::onScanned);
    connect(&library, &RunLibrary::failed, this, [this](const QString& what) {
        m_window.messages().say(kLibrarySubject, MessageBar::Kind::Failure, what);
    });
    connect(&library, &RunLibrary::runCreated, this, [this](const QString& folder) {
        showRun(folder);
        if (std::exchange(m_startWhenCreated, false) && m_binding.session())
            m_binding.session()->start();
    });
    connect(&library, &RunLibrary::runDeleted, this, [this](const QString& folder) {
        if (m_binding.session() && m_binding.session()->folder() == folder)
            showEmpty();
    });
    connect(&m_window.library(), &LibraryPanel::runChosen, this, &WindowWiring::showRun);
}

void WindowWiring::connectPages()
{
    connect(&m_window.emptyPage(), &EmptyState::actionRequested, this, &WindowWiring::prepareDemo);
    connect(&m_window.emptyPage(), &EmptyState::secondActionRequested, this, &WindowWiring::chooseFolder);
    connect(&m_window.sidePanel(), &SidePanel::stepRequested, this,
            [this](quint64 step) { m_window.runView().live().goToStep(step); });
}

void WindowWiring::connectSettings()
{
    Settings& settings = m_workplace.settings;
    m_window.setWantedZones({settings.libraryShown(), settings.sideShown()});
    if (!settings.windowGeometry().isEmpty())
        m_window.restoreGeometry(settings.windowGeometry());
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QLatin1String("interface/theme"))
            applyChosenTheme();
        else if (key == QLatin1String("library/folder"))
            m_workplace.library.setFolder(m_workplace.settings.libraryFolder());
    });
    connect(&m_systemTheme, &SystemTheme::changed, this, &WindowWiring::applyChosenTheme);
}

void WindowWiring::applyChosenTheme()
{
    const ThemeChoice choice = m_workplace.settings.theme();
    if (choice == ThemeChoice::System)
        m_systemTheme.ask();
    const bool dark = choice == ThemeChoice::System ? m_systemTheme.dark() : choice == ThemeChoice::Dark;
    if (dark == m_dark)
        return;
    m_dark = dark;
    const Theme theme = dark ? darkTheme() : lightTheme();
    applyTheme(*qApp, theme);
    m_window.setTheme(theme);
}

// At the first look: the run that lives, or else the one that changed last.
void WindowWiring::onScanned()
{
    const bool before = std::exchange(m_scanned, true);
    if (std::exchange(m_demoWanted, false))
        return prepareDemo();
    if (before || m_binding.session() || m_window.middle() == MainWindow::Middle::NewRun)
        return;
    const RunSummary* best = nullptr;
    for (const RunSummary& run : m_workplace.library.runs()) {
        const auto rank = [](const RunSummary& one) {
            return std::pair(isLive(one.status.state), one.status.changedAt);
        };
        if (!best || rank(run) > rank(*best))
            best = &run;
    }
    if (best)
        showRun(best->description.folder);
    else
        showEmpty();
}

void WindowWiring::showRun(const QString& runFolder)
{
    m_binding.showRun(runFolder);
    m_window.showMiddle(MainWindow::Middle::Run);
    m_window.library().setCurrent(runFolder);
}

void WindowWiring::showEmpty()
{
    m_binding.showRun({});
    const bool demo = !m_workplace.resourceFolder.isEmpty();
    m_window.emptyPage().setTexts(
        tr("No run to show yet"),
        tr("A run's plots, samples and log appear here. Start with the demo, which trains a tiny model in a "
           "few minutes "
           "on this machine, set up a run of your own with New run, or open the folder of a run."));
    m_window.emptyPage().setAction(demo ? tr("Prepare the demo") : QString());
    m_window.emptyPage().setSecondAction(tr("Open folder"));
    m_window.showMiddle(MainWindow::Middle::Empty);
}

void WindowWiring::newRun()
{
    RunConfig config;
    config.model.threads = m_workplace.settings.threads();
    openForm(config);
}

void WindowWiring::copyAsNew()
{
    if (!m_binding.session())
        return;
    RunConfig config = m_binding.session()->description().config;
    config.name.clear();
    openForm(config);
}

void WindowWiring::openForm(const RunConfig& config)
{
    const bool first = !m_window.hasNewRunPage();
    NewRunPage& page = m_window.newRunPage();
    if (first)
        connectForm(page);
    page.setConfig(config);
    m_window.showMiddle(MainWindow::Middle::NewRun);
    page.focusFirst();
}

void WindowWiring::connectForm(NewRunPage& page)
{
    connect(&page, &NewRunPage::startRequested, this, &WindowWiring::startNew);
    connect(&page, &NewRunPage::cancelRequested, this, [this] {
        if (m_binding.session())
            m_window.showMiddle(MainWindow::Middle::Run);
        else
            showEmpty();
    });
    page.setStartable(!m_workplace.supervisor.engineProgram().isEmpty(),
                      tr("the engine program was not found"));
}

void WindowWiring::startNew(const RunConfig& config)
{
    m_startWhenCreated = true;
    m_workplace.library.createRun(config);
}

void WindowWiring::prepareDemo()
{
    m_demoWanted = !m_scanned; // whether there is one already is not known before
    if (m_demoWanted)
        return;
    for (const RunSummary& run : m_workplace.library.runs())
        if ((run.status.state == RunState::Queued || isLive(run.status.state)) &&
            run.description.tags.contains(QStringLiteral("demo")))
            return showRun(run.description.folder);
    m_startWhenCreated = false;
    inBackground(
        this,
        [resources = m_workplace.resourceFolder.toStdString()] {
            return readConfigFile(std::filesystem::path(resources) / "demo/config.json");
        },
        [this](const Outcome<RunConfig>& config) {
            if (config.value)
                return m_workplace.library.createRun(*config.value);
            m_window.messages().say(
                kLibrarySubject, MessageBar::Kind::Failure,
                tr("The demo was not found: %1").arg(QString::fromStdString(config.text())));
        });
}

void WindowWiring::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(&m_window, tr("Open the folder of a run"),
                                                             m_workplace.library.folder());
    if (!folder.isEmpty())
        openFolder(folder);
}

// A run is shown; a folder of runs becomes the library of this session.
void WindowWiring::openFolder(const QString& folder)
{
    m_window.messages().takeBack(kLibrarySubject);
    inBackground(
        this,
        [path = std::filesystem::path(folder.toStdString())] {
            if (isRunFolder(path))
                return true;
            if (listRuns(path).empty())
                throw Error("is neither a run's folder nor a folder of runs", path.string());
            return false;
        },
        [this, folder](const Outcome<bool>& isRun) {
            if (!isRun.value)
                return m_window.messages().say(kLibrarySubject, MessageBar::Kind::Attention,
                                               QString::fromStdString(isRun.text()));
            if (!*isRun.value) {
                m_scanned = false;
                showEmpty();
                return m_workplace.library.setFolder(folder);
            }
            m_workplace.library.openForeign(folder);
            showRun(folder);
        });
}

} // namespace lens
