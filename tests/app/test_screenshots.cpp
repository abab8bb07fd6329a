// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every page as a picture, light and dark, wide and narrow: build/<preset>/screenshots/*.png. The test holds
// that each page shows what it should (texts, not pixels); people look at the pictures.
#include "app/dialogs/about_dialog.h"
#include "app/dialogs/settings_dialog.h"
#include "app/pages/library_panel.h"
#include "app/pages/message_area.h"
#include "app/pages/new_run_page.h"
#include "app/pages/run_view.h"
#include "app/window/main_window.h"
#include "app/window/translations.h"
#include "app/window/window_wiring.h"
#include "core/base/file.h"
#include "tests/app/app_fixture.h"
#include "widgets/controls/key_figure.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <memory>

using namespace lens;
using namespace lens::test;

namespace {

constexpr int kLongMs = 30000;
constexpr int kSettleMs = 400;
constexpr QSize kWide(1600, 960);
constexpr QSize kNarrow(1024, 700);
constexpr QSize kScaled(960, 540); // a screen of 1920 × 1080 at 200 %

QString pictureFolder()
{
    const QString folder = QString::fromStdString((buildFolder() / "screenshots").string());
    QDir().mkpath(folder);
    return folder;
}

// A window over a library, with everything that belongs to it.
struct Scene {
    Scene(const TestLibrary& library, bool dark, QSize size, const QString& engine = fakeEngine())
        : place(library.workplace(engine))
    {
        place->settings.setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        const Theme theme = dark ? darkTheme() : lightTheme();
        applyTheme(*qApp, theme);
        window = std::make_unique<MainWindow>(*place, theme);
        window->resize(size);
        wiring = std::make_unique<WindowWiring>(*place, *window);
        window->show();
        wiring->begin();
    }
    QString figure(const char* name) const
    {
        const auto* found = window->findChild<KeyFigure*>(QLatin1String(name));
        return found ? found->value() : QString();
    }
    QString caption(const char* name) const
    {
        const auto* found = window->findChild<KeyFigure*>(QLatin1String(name));
        return found ? found->caption() : QString();
    }
    void save(QWidget& widget, const QString& name) const
    {
        QTest::qWait(kSettleMs);
        QVERIFY(widget.grab().save(pictureFolder() + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
    void save(const QString& name) const { save(*window, name); }

    std::unique_ptr<Workplace> place;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<WindowWiring> wiring;
};

} // namespace

class TestScreenshots : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void pages_data();
    void pages();
    void emptyLibrary_data() { pages_data(); }
    void emptyLibrary();

private:
    void shootRun(Scene& scene, const QString& run, const QString& name);

    std::unique_ptr<TestLibrary> m_library;
    std::unique_ptr<EngineGuard> m_guard;
    QString m_finished;
    QString m_failed;
    QString m_interrupted;
    QString m_running;
};

void TestScreenshots::initTestCase()
{
    m_library = std::make_unique<TestLibrary>();
    m_finished = m_library->addEndedRun("smol-alpaca-r8", "normal", 400);
    m_failed = m_library->addEndedRun("qwen-overnight", "fail");
    m_interrupted = m_library->addEndedRun("llama-chat-r64", "die_mid_line");
    RunConfig queued = plainConfig("demo");
    queued.tags = {"demo"};
    m_library->addRun(queued);
    m_running = m_library->addRun(plainConfig("smol-alpaca-r16"));
    m_guard = std::make_unique<EngineGuard>(m_running);
    setFake("normal", 3000, 20);
    startDetached(fakeEngine(),
                  {QStringLiteral("train"), m_running + QStringLiteral("/config.json"),
                   QStringLiteral("--run"), m_running},
                  m_running + QStringLiteral("/engine.log"));
}

void TestScreenshots::cleanupTestCase()
{
    m_guard.reset();
    m_library.reset();
}

void TestScreenshots::pages_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    if (qEnvironmentVariable("QT_SCALE_FACTOR") == QLatin1String("2")) {
        QTest::newRow("light-200") << false << kScaled;
        return;
    }
    QTest::newRow("light-wide") << false << kWide;
    QTest::newRow("light-narrow") << false << kNarrow;
    QTest::newRow("dark-wide") << true << kWide;
    QTest::newRow("dark-narrow") << true << kNarrow;
}

void TestScreenshots::shootRun(Scene& scene, const QString& run, const QString& name)
{
    scene.wiring->showRun(run);
    scene.window->runView().setTab(RunView::Tab::Live);
    QTRY_VERIFY_WITH_TIMEOUT(!scene.figure("figureLoss").isEmpty(), kLongMs);
    scene.save(QStringLiteral("live-") + name);
}

void TestScreenshots::pages()
{
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    Scene scene(*m_library, dark, size);
    const QString look = QString::fromLatin1(QTest::currentDataTag());
    QTRY_COMPARE_WITH_TIMEOUT(scene.window->library().model().rowCount(), 5, kLongMs);
    // The run that lives is shown first.
    QTRY_VERIFY(scene.wiring->binding().session());
    QCOMPARE(scene.wiring->binding().session()->folder(), m_running);
    shootRun(scene, m_running, QStringLiteral("running-") + look);
    QVERIFY(scene.caption("figureProgress").contains(QStringLiteral("3,000")) ||
            scene.figure("figureProgress").contains(QStringLiteral("/ 3,000")));
    shootRun(scene, m_finished, QStringLiteral("finished-") + look);
    QVERIFY(scene.figure("figureProgress").startsWith(QStringLiteral("400")));
    QTRY_VERIFY(!scene.figure("figureBest").isEmpty());
    shootRun(scene, m_failed, QStringLiteral("failed-") + look);
    QTRY_VERIFY(
        scene.window->messages().textOf(QStringLiteral("state")).contains(QStringLiteral("not finite")));
    shootRun(scene, m_interrupted, QStringLiteral("interrupted-") + look);
    QTRY_VERIFY(
        scene.window->messages().textOf(QStringLiteral("state")).contains(QStringLiteral("Interrupted")));

    scene.wiring->showRun(m_finished);
    const std::pair<RunView::Tab, QString> tabs[] = {
        {RunView::Tab::Samples, QStringLiteral("samples-")},
        {RunView::Tab::Log, QStringLiteral("log-")},
        {RunView::Tab::Configuration, QStringLiteral("configuration-")}};
    for (const auto& [tab, name] : tabs) {
        scene.window->runView().setTab(tab);
        scene.save(name + look);
    }
    scene.window->actions()[ActionId::NewRun].trigger();
    QCOMPARE(scene.window->middle(), MainWindow::Middle::NewRun);
    RunConfig config = plainConfig("careful");
    config.model.path = (sourceFolder() / "resources/demo/model").string();
    config.data.trainFile = (sourceFolder() / "resources/demo/train.jsonl").string();
    config.training.learningRate = -1;
    scene.window->newRunPage().setConfig(config);
    scene.save(QStringLiteral("newrun-") + look);
    SettingsDialog settings(scene.place->settings, offeredLanguages(), scene.window.get());
    settings.show();
    scene.save(settings, QStringLiteral("settings-") + look);
    AboutDialog about(scene.window.get());
    about.show();
    scene.save(about, QStringLiteral("about-") + look);
}

void TestScreenshots::emptyLibrary()
{
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    const TestLibrary empty;
    Scene scene(empty, dark, size);
    QTest::qWait(kSettleMs);
    QCOMPARE(scene.window->middle(), MainWindow::Middle::Empty);
    scene.save(QStringLiteral("empty-") + QString::fromLatin1(QTest::currentDataTag()));
}

QTEST_MAIN(TestScreenshots)
#include "test_screenshots.moc"
