// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// "cmake --install" into an empty folder gives programs that find each other and their resources there.
#include "tests/support/test_paths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace lens::test;

namespace {

struct Result {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

// Runs to the end, without the variables that lead programs of the build folder to their parts.
Result runProgram(const QString& program, const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("LENS_ENGINE"));
    environment.remove(QStringLiteral("LENS_RESOURCES"));
    environment.remove(QStringLiteral("LD_LIBRARY_PATH"));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    Result result;
    if (!process.waitForFinished(300000) || process.exitStatus() != QProcess::NormalExit)
        return result;
    result = {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    return result;
}

} // namespace

class TestInstall : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void filesAreThere_data();
    void filesAreThere();
    void nothingPointsIntoTheBuildFolder();
    void engineStarts();
    void engineLoadsItsLibrary();
    void windowProgramBecomesTheEngine();
    void metainfoIsValid();

private:
    QString at(const QString& path) const { return m_prefix.filePath(path); }
    QTemporaryDir m_prefix;
};

void TestInstall::initTestCase()
{
    const Result result =
        runProgram(QStringLiteral(LENS_CMAKE),
                   {QStringLiteral("--install"), QString::fromStdString(buildFolder().string()),
                    QStringLiteral("--prefix"), m_prefix.path()});
    QVERIFY2(result.exitCode == 0, result.err.constData());
}

void TestInstall::filesAreThere_data()
{
    QTest::addColumn<QString>("path");
    const auto add = [](const char* path) { QTest::newRow(path) << QString::fromLatin1(path); };
    add("share/training-lens/demo/config.json");
    add("share/training-lens/demo/train.jsonl");
    add("share/training-lens/demo/eval.jsonl");
    add("share/training-lens/demo/model/config.json");
    add("share/training-lens/demo/model/model.safetensors");
    add("share/training-lens/demo/model/tokenizer.json");
    add("share/doc/training-lens/LICENSE");
    if (LENS_ENGINE_BUILT)
        add("bin/training-lens-engine");
    if (LENS_APP_BUILT) {
        add("bin/training-lens");
        add("share/applications/training-lens.desktop");
        add("share/metainfo/io.github.traininglens.TrainingLens.metainfo.xml");
        add("share/icons/hicolor/scalable/apps/training-lens.svg");
        add("share/icons/hicolor/48x48/apps/training-lens.png");
    }
}

void TestInstall::filesAreThere()
{
    QFETCH(QString, path);
    const QFileInfo file(at(path));
    QVERIFY2(file.isFile() && file.size() > 0, qPrintable(path));
}

void TestInstall::nothingPointsIntoTheBuildFolder()
{
    const QByteArray build = QByteArray::fromStdString(buildFolder().string());
    const QString readelf = QStandardPaths::findExecutable(QStringLiteral("readelf"));
    QVERIFY2(!readelf.isEmpty(), "readelf comes with the compiler's binutils");
    QDirIterator files(m_prefix.path(), QDir::Files, QDirIterator::Subdirectories);
    int programs = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        if (file.peek(4) != QByteArray("\x7f"
                                       "ELF"))
            continue;
        ++programs;
        const Result result = runProgram(readelf, {QStringLiteral("-d"), path});
        QVERIFY2(!result.out.contains(build), qPrintable(path));
    }
    QCOMPARE(programs > 0, LENS_ENGINE_BUILT || LENS_APP_BUILT);
}

void TestInstall::engineStarts()
{
    if (!LENS_ENGINE_BUILT)
        QSKIP("built without the engine");
    const Result version =
        runProgram(at(QStringLiteral("bin/training-lens-engine")), {QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QVERIFY2(version.out.contains(LENS_VERSION), version.out.constData());
    const Result wrong =
        runProgram(at(QStringLiteral("bin/training-lens-engine")), {QStringLiteral("no-such-command")});
    QCOMPARE(wrong.exitCode, 2);
}

void TestInstall::engineLoadsItsLibrary()
{
    if (!LENS_ENGINE_BUILT)
        QSKIP("built without the engine");
    const Result doctor = runProgram(at(QStringLiteral("bin/training-lens-engine")),
                                     {QStringLiteral("doctor"), QStringLiteral("--json")});
    QVERIFY2(doctor.exitCode == 0, (doctor.err + doctor.out).constData());
    const QJsonDocument report = QJsonDocument::fromJson(doctor.out);
    QVERIFY2(report.isObject() && !report.object().isEmpty(), doctor.out.constData());
}

void TestInstall::windowProgramBecomesTheEngine()
{
    if (!LENS_ENGINE_BUILT || !LENS_APP_BUILT)
        QSKIP("built without the engine or the window");
    const Result help = runProgram(at(QStringLiteral("bin/training-lens")),
                                   {QStringLiteral("train"), QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY2(help.out.contains("--resume"), help.out.constData());
}

void TestInstall::metainfoIsValid()
{
    if (!LENS_APP_BUILT)
        QSKIP("built without the window");
    const QString tool = QStandardPaths::findExecutable(QStringLiteral("appstreamcli"));
    if (tool.isEmpty())
        QSKIP("appstreamcli is not installed");
    const Result result = runProgram(
        tool, {QStringLiteral("validate"), QStringLiteral("--no-net"),
               at(QStringLiteral("share/metainfo/io.github.traininglens.TrainingLens.metainfo.xml"))});
    QVERIFY2(result.exitCode == 0, result.out.constData());
}

QTEST_GUILESS_MAIN(TestInstall)
#include "test_install.moc"
