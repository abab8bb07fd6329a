// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The translations are complete for what the sources hold now.
#include "tests/support/test_paths.h"
#include "tests/translations/translation_file.h"

#include <QDir>
#include <QFile>
#include <QProcess>
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
    void coreTextsHaveOneContext();

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
    QVERIFY(messages.size() > 20);
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
    const QString copy = folder.filePath(QStringLiteral("copy.ts"));
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

// The window looks texts of core up in the context "lens"; one inside a class would be missed.
void TestTranslations::coreTextsHaveOneContext()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("core.ts"));
    QProcess process;
    process.setWorkingDirectory(projectPath("."));
    process.start(QStringLiteral(LENS_LUPDATE),
                  {QStringLiteral("-silent"), QStringLiteral("-tr-function-alias"),
                   QStringLiteral("QT_TR_NOOP+=LENS_TR"), QStringLiteral("core"), QStringLiteral("-ts"),
                   file});
    QVERIFY(process.waitForFinished(120000));
    QCOMPARE(process.exitCode(), 0);
    int elsewhere = 0;
    for (const TranslationMessage& message : readTranslationFile(file))
        if (message.context != QLatin1String("lens")) {
            qWarning("%s", qPrintable(message.key()));
            ++elsewhere;
        }
    QCOMPARE(elsewhere, 0);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
