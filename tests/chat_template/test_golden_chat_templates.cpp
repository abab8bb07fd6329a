// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Renderings of Python's jinja2 for whole conversations and for single constructs: every NAME.cases.json
// beside its NAME.jinja. A case has its own template where it says "template".
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/chat_template/chat_template.h"
#include "tests/support/golden_folders.h"

#include <QTest>

#include <algorithm>

using namespace lens;

namespace {

constexpr std::int64_t kNow = 1720269296; // 2024-07-06 12:34:56

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Spans as [begin, end] pairs of characters.
Json generationOf(const RenderedChat& chat)
{
    const std::string_view text = chat.text;
    Json spans = Json::array();
    for (const auto& span : chat.generation)
        spans.push_back({characters(text.substr(0, span.begin)), characters(text.substr(0, span.end))});
    return spans;
}

ChatOptions optionsOf(const Json& one)
{
    ChatOptions options;
    options.now = kNow;
    options.addGenerationPrompt = one.value("add_generation_prompt", false);
    const Json tokens = one.value("special_tokens", Json::object());
    for (const auto& [name, text] : tokens.items())
        options.specialTokens[name] = text.get<std::string>();
    options.variables = one.value("variables", Json::object());
    return options;
}

// Names of Python's error classes; anything else is the text of raise_exception.
bool isErrorClass(const std::string& error)
{
    const bool word =
        error.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.") == std::string::npos;
    return word && (error.ends_with("Error") || error.ends_with("Exception"));
}

std::string marked(const std::string& text)
{
    return toJsonLine(Json(text));
}

// Empty if the template does what the case says.
std::string difference(const std::string& source, const std::string& where, const Json& one)
{
    const bool fails = one.contains("error");
    RenderedChat chat;
    try {
        chat =
            ChatTemplate::parse(source, where).render(one.value("messages", Json::array()), optionsOf(one));
    } catch (const Error& error) {
        if (!fails)
            return std::string("failed: ") + error.what();
        const auto expected = one["error"].get<std::string>();
        if (!isErrorClass(expected) && error.first().what != expected)
            return "failed with " + marked(error.first().what) + ", expected " + marked(expected);
        return {};
    }
    if (fails)
        return "gave " + marked(chat.text) + ", expected the error " + one["error"].get<std::string>();
    if (chat.text != one["expected"].get<std::string>())
        return "gave " + marked(chat.text) + "\n expected " + marked(one["expected"].get<std::string>());
    const auto spans = one.find("generation_spans");
    if (spans != one.end() && generationOf(chat) != *spans)
        return "generation spans " + generationOf(chat).dump() + ", expected " + spans->dump();
    return {};
}

} // namespace

class TestGoldenChatTemplates : public QObject {
    Q_OBJECT

private slots:
    void cases_data()
    {
        const test::GoldenEntries golden = test::goldenChatTemplates();
        if (!golden.missing.empty())
            QSKIP(golden.missing.c_str());
        QVERIFY(!golden.paths.empty());
        QTest::addColumn<QString>("path");
        for (const auto& path : golden.paths)
            QTest::addRow("%s", path.c_str()) << QString::fromStdString(path.string());
    }
    void cases()
    {
        QFETCH(QString, path);
        const std::filesystem::path file = path.toStdString();
        const std::string stem =
            file.filename().string().substr(0, file.filename().string().find(".cases.json"));
        const std::string source = readFile(file.parent_path() / (stem + ".jinja"));
        const Json cases = readJsonFile(file);
        QVERIFY(!cases.empty());
        int wrong = 0;
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const std::string own = cases[i].value("template", source);
            const std::string found = difference(own, stem, cases[i]);
            if (!found.empty() && ++wrong <= 10)
                qWarning("case %zu%s: %s", i,
                         cases[i].contains("template") ? (" " + marked(own)).c_str() : "", found.c_str());
        }
        qInfo("%zu cases, %d wrong", cases.size(), wrong);
        QCOMPARE(wrong, 0);
    }
};

QTEST_APPLESS_MAIN(TestGoldenChatTemplates)
#include "test_golden_chat_templates.moc"
