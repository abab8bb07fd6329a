// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The translations are complete for what the sources hold now.
#include "tests/support/test_paths.h"
#include "tests/translations/translation_file.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace lens::test;

namespace {

QString projectPath(const char* path)
{
    return QString::fromStdString((sourceFolder() / path).string());
}

QString translationPath(const QString& language)
{
    return projectPath("translations") + QStringLiteral("/training-lens_%1.ts").arg(language);
}

// Runs the project's update script on `file`; what the sources hold is in it afterwards.
void update(const QString& file)
{
    QProcess process;
    process.start(projectPath("translations/update_translations.sh"), {QStringLiteral(LENS_LUPDATE), file});
    QVERIFY(process.waitForFinished(120000));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
             process.readAllStandardError().constData());
}

std::map<QString, TranslationMessage> byKey(const std::vector<TranslationMessage>& messages)
{
    std::map<QString, TranslationMessage> all;
    for (const TranslationMessage& message : messages)
        all.emplace(message.key(), message);
    return all;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void complete_data() { languages(); }
    void complete();
    void upToDate_data() { languages(); }
    void upToDate();
    void samePlaceholders_data() { languages(); }
    void samePlaceholders();
    void readsPlaceholders();
    void freeFunctionsLookInTheirNamespace();

private:
    static void languages();
};

void TestTranslations::languages()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("German") << QStringLiteral("de");
    QTest::newRow("Simplified Chinese") << QStringLiteral("zh_CN");
}

void TestTranslations::complete()
{
    QFETCH(QString, language);
    const auto messages = readTranslationFile(translationPath(language));
    QVERIFY(messages.size() > 100);
    int missing = 0;
    for (const TranslationMessage& message : messages) {
        const bool empty = message.translations.isEmpty() || message.translations.contains(QString());
        if (!message.state.isEmpty() || empty) {
            qWarning("%s: %s", qPrintable(message.state), qPrintable(message.key()));
            ++missing;
        }
    }
    QCOMPARE(missing, 0);
}

void TestTranslations::upToDate()
{
    QFETCH(QString, language);
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("training-lens_%1.ts").arg(language));
    QVERIFY(QFile::copy(translationPath(language), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    update(copy);
    if (QTest::currentTestFailed())
        return;
    const auto ours = byKey(readTranslationFile(translationPath(language)));
    const auto updated = byKey(readTranslationFile(copy));
    int differences = 0;
    for (const auto& [key, message] : updated)
        if (!ours.contains(key)) {
            qWarning("not in the file: %s", qPrintable(key));
            ++differences;
        }
    for (const auto& [key, message] : ours)
        if (!updated.contains(key)) {
            qWarning("no longer in the sources: %s", qPrintable(key));
            ++differences;
        }
    QCOMPARE(differences, 0);
}

void TestTranslations::samePlaceholders()
{
    QFETCH(QString, language);
    int wrong = 0;
    for (const TranslationMessage& message : readTranslationFile(translationPath(language)))
        for (const QString& translation : message.translations) {
            QStringList expected = placeholders(message.source);
            QStringList found = placeholders(translation);
            if (message.plural) { // a plural form may say "one" in words
                expected.removeAll(QStringLiteral("%n"));
                found.removeAll(QStringLiteral("%n"));
            }
            if (found != expected) {
                qWarning("%s -> %s", qPrintable(message.source), qPrintable(translation));
                ++wrong;
            }
        }
    QCOMPARE(wrong, 0);
}

void TestTranslations::readsPlaceholders()
{
    QCOMPARE(placeholders(QStringLiteral("%2 of %L1, {step}, 50 % of it")),
             QStringList({QStringLiteral("%2"), QStringLiteral("%L1"), QStringLiteral("{step}")}));
    QVERIFY(placeholders(QStringLiteral("100 %")).isEmpty());
}

// A free function tr() gets the context of its namespace from lupdate, and has to look texts up there.
void TestTranslations::freeFunctionsLookInTheirNamespace()
{
    static const QRegularExpression pattern(
        QStringLiteral("QString tr\\(const char\\* \\w+\\)\\s*\\{[^}]*translate\\(\"([^\"]+)\""));
    int wrong = 0;
    for (const char* top : {"app", "widgets"}) {
        QDirIterator files(projectPath(top), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto match = pattern.match(QString::fromUtf8(file.readAll()));
            if (match.hasMatch() && match.captured(1) != QLatin1String("lens")) {
                qWarning("%s: context %s", qPrintable(file.fileName()), qPrintable(match.captured(1)));
                ++wrong;
            }
        }
    }
    QCOMPARE(wrong, 0);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
