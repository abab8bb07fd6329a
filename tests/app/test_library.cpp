// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The library follows its folder: rows come, change and go; labels, copies and the trash.
#include "app/pages/library_panel.h"
#include "app/pages/message_area.h"
#include "app/pages/new_run_page.h"
#include "app/window/main_window.h"
#include "app/window/window_wiring.h"
#include "core/run/run_lock.h"
#include "tests/app/app_fixture.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace lens;
using namespace lens::test;

namespace {

const RunSummary* find(const RunLibrary& library, const QString& folder)
{
    const auto run = library.runs().constFind(folder);
    return run == library.runs().constEnd() ? nullptr : &*run;
}

} // namespace

class TestLibraryOfRuns : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void rowsComeAndGo();
    void labelsShow();
    void runsFromElsewhere();
    void trashTakesEndedRunsOnly();
    void newRunIsCreated();
    void rowKnowsTheNewestStep();
    void copyOpensTheForm();
    void filterHidesRows();
    void demoIsPreparedOnce();
    void foreignNonsenseIsTold();

private:
    TemporaryFolder m_home; // of the trash
};

void TestLibraryOfRuns::initTestCase()
{
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(m_home.path().string()));
}

void TestLibraryOfRuns::rowsComeAndGo()
{
    const TestLibrary library;
    const QString first = library.addRun(plainConfig("first"));
    auto place = library.workplace(fakeEngine());
    place->library.setFolder(library.folder());
    QTRY_COMPARE(place->library.runs().size(), 1);
    const QString second = library.addEndedRun("second", "normal", 60);
    QTRY_VERIFY(find(place->library, second));
    QTRY_COMPARE(find(place->library, second)->status.state, RunState::Finished);
    QCOMPARE(find(place->library, first)->status.state, RunState::Queued);
    std::filesystem::remove_all(first.toStdString());
    QTRY_VERIFY(!find(place->library, first));
    QCOMPARE(place->library.runs().size(), 1);
}

void TestLibraryOfRuns::labelsShow()
{
    const TestLibrary library;
    const QString run = library.addRun(plainConfig("first"));
    auto place = library.workplace(fakeEngine());
    place->library.setFolder(library.folder());
    QTRY_VERIFY(find(place->library, run));
    place->library.rename(run, QStringLiteral("better"));
    QTRY_COMPARE(find(place->library, run)->description.name, QStringLiteral("better"));
    place->library.setTags(run, {QStringLiteral("keep")});
    QTRY_COMPARE(find(place->library, run)->description.tags, QStringList{QStringLiteral("keep")});
    QCOMPARE(find(place->library, run)->description.name, QStringLiteral("better"));
}

void TestLibraryOfRuns::runsFromElsewhere()
{
    const TestLibrary library;
    const TestLibrary elsewhere;
    const QString run = elsewhere.addEndedRun("guest", "normal", 60);
    auto place = library.workplace(fakeEngine());
    place->library.setFolder(library.folder());
    place->library.openForeign(run);
    QTRY_VERIFY(find(place->library, run));
    QVERIFY(find(place->library, run)->foreign);
    place->library.lookAgain();
    QTest::qWait(200);
    QVERIFY(find(place->library, run));
}

void TestLibraryOfRuns::trashTakesEndedRunsOnly()
{
    const TestLibrary library;
    const QString run = library.addEndedRun("old", "normal", 60);
    auto place = library.workplace(fakeEngine());
    place->library.setFolder(library.folder());
    QTRY_VERIFY(find(place->library, run));
    QSignalSpy failed(&place->library, &RunLibrary::failed);
    {
        const RunLock lock(RunPaths{run.toStdString()}.lock());
        place->library.moveToTrash(run);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(QFileInfo::exists(run));
    }
    place->library.moveToTrash(run);
    QTRY_VERIFY(!find(place->library, run));
    QVERIFY(!QFileInfo::exists(run));
}

void TestLibraryOfRuns::newRunIsCreated()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    place->library.setFolder(library.folder());
    QSignalSpy created(&place->library, &RunLibrary::runCreated);
    place->library.createRun(plainConfig("fresh"));
    QTRY_COMPARE(created.count(), 1);
    const QString folder = created.first().first().toString();
    QTRY_VERIFY(find(place->library, folder));
    QCOMPARE(find(place->library, folder)->description.name, QStringLiteral("fresh"));
    QCOMPARE(find(place->library, folder)->status.state, RunState::Queued);
}

// The journal of this run names no step after the evaluation at 0; its metrics go to step 30.
void TestLibraryOfRuns::rowKnowsTheNewestStep()
{
    const TestLibrary library;
    const QString run = library.addEndedRun("torn", "die_mid_line");
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    applyTheme(*qApp, theme);
    MainWindow window(*place, theme);
    WindowWiring wiring(*place, window);
    wiring.begin();
    RunListModel& model = window.library().model();
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(model.row(0).step, std::uint64_t{30});
    QVERIFY(!model.row(0).sparkline.isEmpty());
}

void TestLibraryOfRuns::copyOpensTheForm()
{
    const TestLibrary library;
    RunConfig config = plainConfig("first");
    config.training.seed = 77;
    library.addRun(config);
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    MainWindow window(*place, theme);
    WindowWiring wiring(*place, window);
    window.show();
    wiring.begin();
    QTRY_VERIFY(wiring.binding().session() && wiring.binding().session()->known());
    window.actions()[ActionId::CopyAsNew].trigger();
    QCOMPARE(window.middle(), MainWindow::Middle::NewRun);
    QWidget* seed = window.newRunPage().findChild<QWidget*>(QStringLiteral("training.seed"));
    QVERIFY(seed);
    QCOMPARE(seed->findChild<QLineEdit*>()->text(), QStringLiteral("77"));
}

void TestLibraryOfRuns::filterHidesRows()
{
    const TestLibrary library;
    library.addRun(plainConfig("apple"));
    library.addRun(plainConfig("pear"));
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    MainWindow window(*place, theme);
    WindowWiring wiring(*place, window);
    window.show();
    wiring.begin();
    auto* list = window.findChild<QListView*>(QStringLiteral("runList"));
    QTRY_COMPARE(list->model()->rowCount(), 2);
    window.library().filter().setText(QStringLiteral("pea"));
    QCOMPARE(list->model()->rowCount(), 1);
    window.library().filter().clear();
    QCOMPARE(list->model()->rowCount(), 2);
}

void TestLibraryOfRuns::demoIsPreparedOnce()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    MainWindow window(*place, theme);
    WindowWiring wiring(*place, window);
    window.show();
    wiring.begin();
    wiring.prepareDemo(); // before the library was looked at
    QTRY_VERIFY(wiring.binding().session() && wiring.binding().session()->known());
    const QString run = wiring.binding().session()->folder();
    QTRY_COMPARE(wiring.binding().session()->description().name, QStringLiteral("demo"));
    const RunConfig& config = wiring.binding().session()->description().config;
    QVERIFY(std::filesystem::path(config.model.path).is_absolute());
    QVERIFY(std::filesystem::exists(config.data.trainFile));
    QVERIFY(window.actions()[ActionId::Start].isEnabled());
    QTRY_VERIFY(find(place->library, run));
    wiring.prepareDemo();
    QTest::qWait(500);
    QCOMPARE(place->library.runs().size(), 1);
    QCOMPARE(wiring.binding().session()->folder(), run);
}

void TestLibraryOfRuns::foreignNonsenseIsTold()
{
    const TestLibrary library;
    const TemporaryFolder nonsense;
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    MainWindow window(*place, theme);
    WindowWiring wiring(*place, window);
    window.show();
    wiring.begin();
    wiring.openFolder(QString::fromStdString(nonsense.path().string()));
    QTRY_VERIFY(window.messages().textOf(QStringLiteral("library")).contains(QStringLiteral("neither")));
    QCOMPARE(window.middle(), MainWindow::Middle::Empty);
}

QTEST_MAIN(TestLibraryOfRuns)
#include "test_library.moc"
