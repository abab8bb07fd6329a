// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Holds the ranks, the homes of libraries and the habits of the code; and shows with planted violations that
// each rule can fail.
#include "tests/architecture/file_rules.h"
#include "tests/architecture/folder_rules.h"
#include "tests/architecture/header_sets.h"
#include "tests/architecture/include_cycles.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <algorithm>

using namespace lens::test;

namespace {

const std::string kLicence = "// SPDX-FileCopyrightText: 2026 Somebody\n// SPDX-License-Identifier: MIT\n";

QByteArray text(const Violations& violations)
{
    QByteArray all;
    for (const Violation& v : violations)
        all += QByteArray::fromStdString("\n  " + v.file + ":" + std::to_string(v.line) + ": [" + v.rule +
                                         "] " + v.what);
    return all;
}

void verifyNone(const Violations& violations)
{
    for (const Violation& v : violations) // Qt Test shortens the messages of its macros
        qWarning("%s:%d: [%s] %s", v.file.c_str(), v.line, v.rule.c_str(), v.what.c_str());
    QVERIFY(violations.empty());
}

SourceTree planted(const std::string& path, const std::string& body)
{
    SourceTree tree;
    tree.add(path, kLicence + body);
    return tree;
}

// Exactly one violation of that rule, in that file.
void verifyCaught(const Violations& violations, const char* rule, const std::string& file)
{
    QVERIFY2(violations.size() == 1, text(violations).constData());
    QCOMPARE(violations.front().rule, std::string(rule));
    QCOMPARE(violations.front().file, file);
}

} // namespace

class TestArchitecture : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void ranks() { verifyNone(checkRanks(m_tree)); }
    void libraries() { verifyNone(checkLibraries(m_tree)); }
    void cycles() { verifyNone(checkCycles(m_tree)); }
    void licenceLines() { verifyNone(checkLicenceLines(m_tree)); }
    void includes() { verifyNone(checkIncludes(m_tree)); }
    void length();
    void names() { verifyNone(checkNames(m_tree)); }
    void mocTrap() { verifyNone(checkMocTrap(m_tree)); }
    void headerSets();

    void catchesInclude_data();
    void catchesInclude();
    void allowsInclude_data();
    void allowsInclude();
    void catchesCycles();
    void catchesFileRules();
    void readsOnlyRealDirectives();
    void catchesUnlistedFiles();

private:
    SourceTree m_tree;
};

void TestArchitecture::initTestCase()
{
    m_tree = readSourceTree(sourceFolder());
    // A wrong folder must not pass as "no violations".
    QVERIFY(m_tree.paths.contains("core/base/error.h"));
    QVERIFY(m_tree.files.size() > 40);
    QVERIFY(m_tree.build.size() > 20);
}

void TestArchitecture::length()
{
    std::vector<std::string> longFiles;
    verifyNone(checkLength(m_tree, &longFiles));
    for (const std::string& file : longFiles)
        qWarning("%s", file.c_str());
}

void TestArchitecture::headerSets()
{
    verifyNone(checkHeaderSets(m_tree));
}

void TestArchitecture::catchesInclude_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* file, const char* include, const char* rule) {
        QTest::addRow("%s %s", file, include) << file << include << rule;
    };
    row("core/base/a.h", "\"core/config/run_config.h\"", "rank");
    row("core/metrics/a.h", "\"core/config/run_config.h\"", "rank");
    row("core/store/a.cpp", "\"core/run/run_lock.h\"", "rank");
    row("core/analysis/a.cpp", "\"core/engine/model/model.h\"", "rank");
    row("core/engine/model/a.cpp", "\"core/engine/train/trainer.h\"", "rank");
    row("core/engine/train/a.cpp", "\"core/engine/command/init.h\"", "rank");
    row("core/run/a.cpp", "\"app/run/run_library.h\"", "rank");
    row("widgets/plots/a.cpp", "\"widgets/controls/x.h\"", "rank");
    row("widgets/plots/a.cpp", "\"widgets/models/x.h\"", "rank");
    row("widgets/theme/a.cpp", "\"app/settings/x.h\"", "rank");
    row("app/pages/a.cpp", "\"app/window/x.h\"", "rank");
    row("app/pages/a.cpp", "\"app/dialogs/x.h\"", "rank");
    row("app/pages/a.cpp", "\"core/engine/model/model.h\"", "rank");
    row("app/pages/a.cpp", "\"tests/support/test_paths.h\"", "rank");
    row("app/helpers/a.cpp", "<vector>", "folder");
    row("core/run/a.cpp", "<hdf5.h>", "library");
    row("app/run/a.cpp", "<H5public.h>", "library");
    row("core/base/a.cpp", "<QString>", "library");
    row("core/base/a.cpp", "<QtCore/QString>", "library");
    row("core/engine/train/a.cpp", "<QObject>", "library");
    row("widgets/controls/a.cpp", "<qcustomplot.h>", "library");
    row("widgets/plots/a.h", "<qcustomplot.h>", "library");
    row("core/dataset/a.cpp", "<pcre2.h>", "library");
    row("core/dataset/a.cpp", "<utf8proc.h>", "library");
    row("core/store/a.cpp", "<ATen/ATen.h>", "library");
    row("app/window/a.cpp", "<torch/torch.h>", "library");
    row("core/run/a.cpp", "<openssl/evp.h>", "library");
    row("widgets/controls/a.cpp", "<QFileDialog>", "library");
    row("widgets/controls/a.cpp", "<QSettings>", "library");
}

void TestArchitecture::catchesInclude()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    QFETCH(QString, rule);
    const SourceTree tree = planted(file.toStdString(), "#include " + include.toStdString() + "\n");
    Violations found = checkRanks(tree);
    const Violations libraries = checkLibraries(tree);
    found.insert(found.end(), libraries.begin(), libraries.end());
    verifyCaught(found, rule.toUtf8().constData(), file.toStdString());
}

void TestArchitecture::allowsInclude_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    const auto row = [](const char* file, const char* include) {
        QTest::addRow("%s %s", file, include) << file << include;
    };
    row("core/store/a.cpp", "<hdf5.h>");
    row("core/store/a.cpp", "\"core/metrics/catalogue.h\"");
    row("core/store/a.cpp", "\"core/store/layout.h\"");
    row("core/engine/train/a.cpp", "\"core/engine/model/model.h\"");
    row("core/engine/train/a.cpp", "<ATen/ATen.h>");
    row("core/engine/train/a.cpp", "\"core/run/run_lock.h\"");
    row("core/engine/main.cpp", "\"core/engine/command/init.h\"");
    row("core/tokenizer/a.cpp", "<pcre2.h>");
    row("core/base/digest.cpp", "<openssl/evp.h>");
    row("widgets/plots/a.cpp", "<qcustomplot.h>");
    row("widgets/plots/a.cpp", "\"core/metrics/catalogue.h\"");
    row("widgets/controls/a.h", "<QWidget>");
    row("app/pages/a.cpp", "\"app/run/run_session.h\"");
    row("app/pages/a.cpp", "\"widgets/controls/x.h\"");
    row("app/dialogs/a.cpp", "<QFileDialog>");
    row("app/main.cpp", "\"app/window/main_window.h\"");
}

void TestArchitecture::allowsInclude()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    const SourceTree tree = planted(file.toStdString(), "#include " + include.toStdString() + "\n");
    verifyNone(checkRanks(tree));
    verifyNone(checkLibraries(tree));
}

void TestArchitecture::catchesCycles()
{
    SourceTree folders;
    folders.add("core/metrics/a.cpp", "#include \"core/config/b.h\"\n");
    folders.add("core/config/b.h", "");
    folders.add("core/config/c.cpp", "#include \"core/metrics/d.h\"\n");
    folders.add("core/metrics/d.h", "");
    verifyCaught(checkCycles(folders), "cycle", "core/config");

    SourceTree headers;
    headers.add("core/base/a.h", "#include \"core/base/b.h\"\n");
    headers.add("core/base/b.h", "#include \"core/base/a.h\"\n");
    verifyCaught(checkCycles(headers), "cycle", "core/base/a.h");
}

void TestArchitecture::catchesFileRules()
{
    SourceTree noLicence;
    noLicence.add("core/base/a.cpp", "int x;\n");
    verifyCaught(checkLicenceLines(noLicence), "licence", "core/base/a.cpp");

    const std::string path = "core/base/a.h";
    verifyCaught(checkIncludes(planted(path, "int x;\n")), "include", path);
    verifyCaught(checkIncludes(planted(path, "#pragma once\n#include \"error.h\"\n")), "include", path);
    verifyCaught(checkLength(planted(path, std::string(kTooLongFile, '\n'))), "length", path);
    verifyCaught(checkNames(planted(path, "Thing& instance();\n")), "name", path);
    verifyCaught(checkNames(planted(path, "void f(int* p) { delete p; }\n")), "ownership", path);
    verifyCaught(checkNames(planted("core/base/file_utils.h", "")), "name", "core/base/file_utils.h");
    verifyCaught(checkNames(planted("core/base/FileName.h", "")), "name", "core/base/FileName.h");
    verifyNone(
        checkNames(planted(path, "A(const A&) = delete; // instance()\nQCoreApplication::instance();\n")));

    SourceTree order = planted("core/base/a.cpp", "#include <vector>\n#include \"core/base/a.h\"\n");
    order.add(path, kLicence + "#pragma once\n");
    verifyCaught(checkIncludes(order), "include", "core/base/a.cpp");

    const std::string odd = "Q_OBJECT\nauto s = R\"(one \" quote)\";\n";
    verifyCaught(checkMocTrap(planted("app/window/a.h", odd)), "moc", "app/window/a.h");
    const std::string even = "Q_OBJECT\nauto s = R\"(\"two\")\";\n";
    verifyNone(checkMocTrap(planted("app/window/a.h", even)));
}

void TestArchitecture::readsOnlyRealDirectives()
{
    SourceTree tree;
    tree.add("core/base/a.cpp", "// #include <hdf5.h>\n/*\n#include <hdf5.h>\n*/\n"
                                "auto s = R\"(\n#include <hdf5.h>\n)\";\n  #  include <zlib.h> // yes\n");
    QCOMPARE(tree.files.front().includes.size(), std::size_t(1));
    QCOMPARE(tree.files.front().includes.front().target, std::string("zlib.h"));
    QCOMPARE(tree.files.front().includes.front().line, 8);
}

void TestArchitecture::catchesUnlistedFiles()
{
    const std::string list = "add_library(lens_core STATIC)\nset_target_properties(lens_core PROPERTIES "
                             "VERIFY_INTERFACE_HEADER_SETS ON)\n";
    SourceTree tree;
    tree.add("core/CMakeLists.txt", list);
    tree.add("core/base/CMakeLists.txt", "lens_sources(lens_core SOURCES a.cpp HEADERS a.h) # b.h\n");
    tree.add("core/base/a.h", "");
    tree.add("core/base/a.cpp", "");
    tree.add("core/run/CMakeLists.txt",
             "if(X)\n  target_sources(y PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/c.cpp)\nendif()\n");
    tree.add("core/run/c.cpp", "");
    verifyNone(checkHeaderSets(tree));

    SourceTree header = tree;
    header.add("core/base/b.h", "");
    verifyCaught(checkHeaderSets(header), "header set", "core/base/b.h");

    SourceTree heavy = tree;
    heavy.add("core/store/CMakeLists.txt", "lens_sources(lens_core SOURCES c.cpp c.h d.h)\n");
    heavy.add("core/store/c.h", "");
    heavy.add("core/store/c.cpp", "");
    heavy.add("core/store/d.h", ""); // nothing compiles it alone
    verifyCaught(checkHeaderSets(heavy), "header set", "core/store/d.h");

    SourceTree source = tree;
    source.add("core/base/b.cpp", "");
    verifyCaught(checkHeaderSets(source), "header set", "core/base/b.cpp");

    SourceTree unverified = tree;
    unverified.add("widgets/CMakeLists.txt", "add_library(lens_widgets STATIC)\n");
    verifyCaught(checkHeaderSets(unverified), "header set", "widgets/CMakeLists.txt");
}

QTEST_APPLESS_MAIN(TestArchitecture)
#include "test_architecture.moc"
