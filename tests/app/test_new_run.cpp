// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The form of a new run: core's rules at the fields, live; what stands in the files; the configuration handed
// on.
#include "app/pages/config_form.h"
#include "app/pages/new_run_page.h"
#include "core/config/config_parser.h"
#include "core/safetensors/safetensors.h"
#include "tests/app/app_fixture.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lens;
using namespace lens::test;

namespace {

FieldEditor* field(QWidget& page, const char* path)
{
    return page.findChild<FieldEditor*>(QLatin1String(path));
}

void type(QWidget& page, const char* path, const QString& text)
{
    auto* line = field(page, path)->findChild<QLineEdit*>();
    line->clear();
    QTest::keyClicks(line, text);
}

// A model folder as far as the form looks into it: config.json and a header of tensors.
const std::filesystem::path& modelFolder()
{
    static const TemporaryFolder folder;
    if (!std::filesystem::exists(folder.path() / "model.safetensors")) {
        std::filesystem::copy_file(sourceFolder() / "resources/demo/model/config.json",
                                   folder.path() / "config.json");
        const std::vector<std::byte> zeros(2 * 1000);
        writeSafetensors(folder.path() / "model.safetensors",
                         {{"model.norm.weight", DType::BF16, {10, 100}, zeros}});
    }
    return folder.path();
}

RunConfig demoConfig()
{
    RunConfig config = readConfigFile(sourceFolder() / "resources/demo/config.json");
    config.model.path = modelFolder().string();
    return config;
}

} // namespace

class TestNewRun : public QObject {
    Q_OBJECT

private slots:
    void formKeepsEveryValue();
    void problemsStandAtTheirFields();
    void textIsNoNumber();
    void targetModulesInThreeForms();
    void filesAreDescribed();
    void missingFilesAreProblems();
    void startHandsOverTheConfiguration();
};

void TestNewRun::formKeepsEveryValue()
{
    RunConfig config = demoConfig();
    config.training.learningRate = 3.5e-5;
    config.training.seed = 1234567890123ULL;
    config.adapter.targetModules = {"q_proj", "v_proj"};
    config.evaluation.samplePrompts = {"One, two", "three?"};
    config.checkpoints.saveTotalLimit = 7;
    ConfigForm form;
    form.setConfig(config);
    std::vector<Problem> problems;
    const RunConfig read = parseConfig(form.values(), problems);
    QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().text().c_str());
    QCOMPARE(QString::fromStdString(toJsonText(toJson(read))),
             QString::fromStdString(toJsonText(toJson(config))));
}

void TestNewRun::problemsStandAtTheirFields()
{
    NewRunPage page;
    page.setConfig(demoConfig());
    auto* start = page.findChild<QPushButton*>(QStringLiteral("startNewRun"));
    QVERIFY(start->isEnabled());
    type(page, "training.learning_rate", QStringLiteral("-1"));
    QVERIFY(field(page, "training.learning_rate")->hasProblem());
    QVERIFY(!field(page, "adapter.r")->hasProblem());
    QVERIFY(!start->isEnabled());
    type(page, "adapter.r", QStringLiteral("0"));
    QVERIFY(field(page, "adapter.r")->hasProblem());
    QVERIFY(field(page, "training.learning_rate")->hasProblem()); // all at once
    type(page, "training.learning_rate", QStringLiteral("2e-4"));
    type(page, "adapter.r", QStringLiteral("16"));
    QVERIFY(!field(page, "training.learning_rate")->hasProblem());
    QVERIFY(start->isEnabled());
}

void TestNewRun::textIsNoNumber()
{
    NewRunPage page;
    page.setConfig(demoConfig());
    type(page, "adapter.r", QStringLiteral("many"));
    QVERIFY(field(page, "adapter.r")->hasProblem());
    QVERIFY(field(page, "adapter.r")->value() == Json("many"));
    type(page, "adapter.r", QStringLiteral("8.5"));
    QVERIFY(field(page, "adapter.r")->hasProblem());
}

void TestNewRun::targetModulesInThreeForms()
{
    ConfigForm form;
    FieldEditor* modules = form.editor("adapter.target_modules");
    type(form, "adapter.target_modules", QStringLiteral("all-linear"));
    QVERIFY(modules->value() == Json("all-linear"));
    type(form, "adapter.target_modules", QStringLiteral("q_proj, v_proj"));
    QVERIFY(modules->value() == Json({"q_proj", "v_proj"}));
    type(form, "adapter.target_modules", QStringLiteral(".*layers\\.[01]\\..*"));
    QVERIFY(modules->value() == Json(".*layers\\.[01]\\..*"));
}

void TestNewRun::filesAreDescribed()
{
    NewRunPage page;
    page.setConfig(demoConfig());
    const auto told = [&page](const QString& words) {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->text().contains(words))
                return true;
        return false;
    };
    QTRY_VERIFY(told(QStringLiteral("llama · 1,000 parameters · bfloat16")));
    QTRY_VERIFY(told(QStringLiteral("JSON lines")));
    QTRY_VERIFY(told(QStringLiteral("prompt, completion")));
}

void TestNewRun::missingFilesAreProblems()
{
    NewRunPage page;
    RunConfig config = demoConfig();
    config.model.path = "/nowhere/model";
    page.setConfig(config);
    auto* start = page.findChild<QPushButton*>(QStringLiteral("startNewRun"));
    QTRY_VERIFY(field(page, "model.path")->hasProblem());
    QVERIFY(!start->isEnabled());
}

void TestNewRun::startHandsOverTheConfiguration()
{
    NewRunPage page;
    RunConfig config = demoConfig();
    page.setConfig(config);
    QSignalSpy requested(&page, &NewRunPage::startRequested);
    type(page, "name", QStringLiteral("by hand"));
    auto* start = page.findChild<QPushButton*>(QStringLiteral("startNewRun"));
    QTRY_VERIFY(start->isEnabled());
    start->click();
    QCOMPARE(requested.count(), 1);
    const auto handed = requested.first().first().value<RunConfig>();
    QCOMPARE(handed.name, std::string("by hand"));
    QCOMPARE(handed.model.path, config.model.path);
    QVERIFY(std::filesystem::path(handed.data.trainFile).is_absolute());
}

QTEST_MAIN(TestNewRun)
#include "test_new_run.moc"
