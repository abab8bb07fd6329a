// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Chat templates beyond what jinja2 can be asked: where bytes came from, spans of generation blocks, errors
// with their place, what is refused, and the bounds of untrusted templates.
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/chat_template/chat_template.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace lens;

namespace {

Json conversation()
{
    return Json::parse(R"([
        {"role": "system", "content": "  Be kind. "},
        {"role": "user", "content": "What is 2+2?"},
        {"role": "assistant", "content": "a<think>b</think>c", "reasoning_content": "Hm.\n",
         "tool_calls": [{"name": "add", "arguments": {"x": 2, "y": "zwei"}}]}
    ])");
}

RenderedChat rendered(const std::string& source, const Json& messages = conversation(),
                      const ChatOptions& options = {})
{
    return ChatTemplate::parse(source, "chat.jinja").render(messages, options);
}

// "plain[1.content:What]plain": every origin in brackets.
std::string shown(const RenderedChat& chat)
{
    std::string out;
    std::size_t at = 0;
    for (const auto& origin : chat.origins) {
        out += chat.text.substr(at, origin.span.begin - at);
        out += "[" + std::to_string(origin.message) + "." + origin.field + ":";
        out += chat.text.substr(origin.span.begin, origin.span.end - origin.span.begin) + "]";
        at = origin.span.end;
    }
    return out + chat.text.substr(at);
}

Problem problemOf(const std::string& source, const Json& messages = conversation())
{
    try {
        rendered(source, messages);
    } catch (const Error& error) {
        return error.first();
    }
    return {"no error", "", ""};
}

} // namespace

class TestChatTemplate : public QObject {
    Q_OBJECT

private slots:
    void origins_data();
    void origins();
    void originsStayInOrder();
    void generation_data();
    void generation();
    void templateOptions();
    void errors_data();
    void errors();
    void raisedErrors();
    void bounds_data();
    void bounds();
    void largeConversations();
    void sharedByThreads();
};

void TestChatTemplate::origins_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* expression, const char* expected) {
        QTest::addRow("%s", expression) << QString::fromUtf8(expression) << QString::fromUtf8(expected);
    };
    const QByteArray m =
        "{% set s = messages[0].content %}{% set u = messages[1].content %}{% set a = messages[2] %}";
    const auto with = [&](const char* expression, const char* expected) {
        row((m + "{{ " + expression + " }}").constData(), expected);
    };
    row("{{ messages[1].role }}: x", "[1.role:user]: x");
    row("{% for m in messages %}{{ m.role ~ ',' }}{% endfor %}",
        "[0.role:system],[1.role:user],[2.role:assistant],");
    with("'<' + u + '>'", "<[1.content:What is 2+2?]>");
    with("'<' ~ u ~ s ~ '>'", "<[1.content:What is 2+2?][0.content:  Be kind. ]>");
    with("s | trim", "[0.content:Be kind.]");
    with("('x' + s + 'y').strip('xy')", "[0.content:  Be kind. ]");
    with("(' ' + u + ' ').lstrip()", "[1.content:What is 2+2?] ");
    with("('ab' + u)[1:6]", "b[1.content:What]");
    with("u[::-1]", "[1.content:?2+2 si tahW]");
    with("('-' + u + '-')[::2]", "-[1.content:hti +?]");
    with("u[0] + u[-1]", "[1.content:W?]");
    with("u.split(' ')[2]", "[1.content:2+2?]");
    with("('a b ' + u).split()[1:]|join('|')", "b|[1.content:What]|[1.content:is]|[1.content:2+2?]");
    with("('k=' + u).rsplit('=', 1)[-1]", "[1.content:What is 2+2?]");
    with("a.content.split('</think>')[-1]", "[2.content:c]");
    with("('1\\n' + u).splitlines()|last", "[1.content:What is 2+2?]");
    with("('1=' + u).partition('=')[2]", "[1.content:What is 2+2?]");
    with("', '.join(['x', u])", "x, [1.content:What is 2+2?]");
    with("u.replace('2', 'two')", "[1.content:What is ]two[1.content:+]two[1.content:?]");
    with("'say X'.replace('X', u)", "say [1.content:What is 2+2?]");
    with("u | replace('What', 'Which') | upper", "WHICH[1.content: IS 2+2?]");
    with("u|upper", "[1.content:WHAT IS 2+2?]");
    with("('a ' + u)|title", "A [1.content:What Is 2+2?]");
    with("('q' + u)|capitalize", "Q[1.content:what is 2+2?]");
    with("(u + '\\nend')|indent(2)", "[1.content:What is 2+2?]\n  end");
    with("nothing|default(u)", "[1.content:What is 2+2?]");
    with("'%s: %r' % (u, 1)", "[1.content:What is 2+2?]: 1");
    with("'%s!'|format(u)", "[1.content:What is 2+2?]!");
    with("'{}-{x}'.format(1, x=u)", "1-[1.content:What is 2+2?]");
    with("u|e", "[1.content:What is 2+2?]");
    with("('<' + '&<' ~ u)|e", "&lt;&amp;&lt;[1.content:What is 2+2?]");
    with("u|center(16)", "  [1.content:What is 2+2?]  ");
    with("u|truncate(7, true, '…', 0)", "[1.content:What i]…");
    with("a.tool_calls|tojson",
         "[2.tool_calls:[{\"name\": \"add\", \"arguments\": {\"x\": 2, \"y\": \"zwei\"}}]]");
    with("a.tool_calls[0].arguments.x", "[2.tool_calls:2]");
    with("a.tool_calls[0].arguments", "[2.tool_calls:{'x': 2, 'y': 'zwei'}]");
    with("{'name': a.tool_calls[0].name, 'k': 1}|tojson", "{\"name\": [2.tool_calls:\"add\"], \"k\": 1}");
    with("[u, 1]", "[[1.content:'What is 2+2?'], 1]");
    with("a.reasoning_content.strip() + '/' + a.content",
         "[2.reasoning_content:Hm.]/[2.content:a<think>b</think>c]");
    row("{% macro m(x) %}({{ x|trim }}){% endmacro %}{{ m(messages[0].content)|upper }}",
        "([0.content:BE KIND.])");
    row("{% set t %}<{{ messages[1].content }}>{% endset %}{{ t|replace('<', '«') }}",
        "«[1.content:What is 2+2?]>");
    row("{% filter upper %}x{{ messages[1].content }}{% endfilter %}", "X[1.content:WHAT IS 2+2?]");
    row("{% call(t) f() %}{% endcall %}", "");
    row("{% set ns = namespace(t='') %}{% for m in messages %}{% set ns.t = ns.t ~ m.content[:3] %}{% endfor "
        "%}{{ ns.t }}",
        "[0.content:  B][1.content:Wha][2.content:a<t]");
    row("{% for c in messages[1].content[:3] %}{{ c }}{% endfor %}", "[1.content:Wha]");
    row("{% set messages = messages[1:] %}{{ messages[0].content }}", "[1.content:What is 2+2?]");
}

void TestChatTemplate::origins()
{
    QFETCH(QString, source);
    QFETCH(QString, expected);
    std::string text = source.toStdString();
    if (text.starts_with("{% call"))
        text = "{% macro f() %}{{ caller('') }}{% endmacro %}" + text;
    QCOMPARE(QString::fromStdString(shown(rendered(text))), expected);
}

void TestChatTemplate::originsStayInOrder()
{
    const RenderedChat chat =
        rendered("{% for m in messages|reverse %}{{ m.content ~ m.role ~ '\n' }}{% endfor %}");
    std::size_t at = 0;
    for (const auto& origin : chat.origins) {
        QVERIFY(origin.span.begin >= at && origin.span.end > origin.span.begin);
        at = origin.span.end;
    }
    QVERIFY(at <= chat.text.size());
    QCOMPARE(chat.origins.size(), std::size_t(6));
    QCOMPARE(chat.origins[0].message, std::size_t(2));
}

void TestChatTemplate::generation_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* source, const QStringList& expected) {
        QTest::addRow("%s", source) << QString(source) << expected;
    };
    row("a{% generation %}b{% endgeneration %}c", {"b"});
    row("  a {%- generation -%} b {%- endgeneration -%} c", {"b"});
    row("a\n{% generation %}\nb\n{% endgeneration %}\nc", {"b\n"});
    row("{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}!{% "
        "endgeneration %}{% endif %}{% endfor %}",
        {"a<think>b</think>c!"});
    row("é{% generation %}{% endgeneration %}", {""});
    row("{% generation %}a{% generation %}b{% endgeneration %}{% endgeneration %}", {"ab", "b"});
    row("{% macro m() %}x{% generation %}y{% endgeneration %}z{% endmacro %}{{ m() }}{{ m()|upper }}",
        {"y", "Y"});
    row("{% set t %}x{% generation %}yy{% endgeneration %}{% endset %}-{{ t }}", {"yy"});
    row("{% if false %}{% generation %}{% endgeneration %}{% endif %}", {});
}

void TestChatTemplate::generation()
{
    QFETCH(QString, source);
    QFETCH(QStringList, expected);
    const RenderedChat chat = rendered(source.toStdString());
    QVERIFY(chat.hasGeneration);
    QStringList found;
    for (const auto& span : chat.generation)
        found << QString::fromStdString(chat.text.substr(span.begin, span.end - span.begin));
    QCOMPARE(found, expected);
    QVERIFY(!rendered("no such block").hasGeneration);
}

void TestChatTemplate::templateOptions()
{
    ChatOptions options;
    options.addGenerationPrompt = true;
    options.specialTokens = {{"bos_token", "<s>"}};
    options.variables = Json{{"x", 1}, {"tools", {1, 2}}};
    options.now = 0;
    const std::string source =
        "{{ bos_token }}{{ eos_token }}|{{ add_generation_prompt }}|{{ x }}|{{ tools }}|"
        "{{ documents }}|{{ strftime_now('%Y-%m-%d %H:%M:%S') }}";
    QCOMPARE(rendered(source, conversation(), options).text,
             std::string("<s>|True|1|[1, 2]|None|1970-01-01 00:00:00"));
    options.now.reset();
    QVERIFY(rendered("{{ strftime_now('%Y')|int > 2024 }}", conversation(), options).text == "True");
}

void TestChatTemplate::errors_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* source, const char* where, const char* what) {
        QTest::addRow("%s", source) << QString(source) << QString(where) << QString(what);
    };
    row("a\n{% if x %}", "chat.jinja:2", "endif");
    row("a\n\n{{ 1 + }}", "chat.jinja:3", "unexpected 'end of print statement'");
    row("{{ 'a }}", "chat.jinja:1", "unexpected character '''");
    row("\n{{ ( ] }}", "chat.jinja:2", "unexpected ']', expected ')'");
    row("{% frob %}", "chat.jinja:1", "unknown tag 'frob'");
    row("{% do x %}", "chat.jinja:1", "unknown tag 'do'");
    row("{{ x|nofilter }}", "chat.jinja:1", "No filter named 'nofilter'");
    row("{{ x is notest }}", "chat.jinja:1", "No test named 'notest'");
    row("{% include 'other' %}", "chat.jinja:1", "'include' asks for another file");
    row("{% import 'other' as o %}", "chat.jinja:1", "'import' asks for another file");
    row("{% from 'other' import o %}", "chat.jinja:1", "'from' asks for another file");
    row("{% extends 'other' %}", "chat.jinja:1", "'extends' asks for another file");
    row("{% autoescape true %}{% endautoescape %}", "chat.jinja:1", "autoescape");
    row("{% break %}", "chat.jinja:1", "'break' outside loop");
    row("{# never", "chat.jinja:1", "Missing end of comment tag");
    row("{% raw %} {{", "chat.jinja:1", "Missing end of raw directive");
    row("{{ 99999999999999999999 }}", "chat.jinja:1", "too large");
    row("x\n{{ messages.foo.bar }}", "chat.jinja:2", "'list object' has no attribute 'foo'");
    row("x\n\n{{ nope.bar }}", "chat.jinja:3", "'nope' is undefined");
    row("{{ 1 + 'a' }}", "chat.jinja:1", "unsupported operand types for +: 'int' and 'str'");
    row("{{ messages.append(1) }}", "chat.jinja:1",
        "access to attribute 'append' of 'list' object is unsafe");
    row("{{ messages.pop() }}", "chat.jinja:1", "unsafe");
    row("{{ messages[0].update({}) }}", "chat.jinja:1", "unsafe");
    row("{{ ''.__class__.mro() }}", "chat.jinja:1", "unsafe");
    row("{{ messages[0].__class__() }}", "chat.jinja:1", "unsafe");
    row("{{ 9223372036854775807 + 1 }}", "chat.jinja:1", "too large");
    row("{{ [1]|random }}", "chat.jinja:1", "not supported");
    row("{{ 'x'|urlize }}", "chat.jinja:1", "not supported");
}

void TestChatTemplate::errors()
{
    QFETCH(QString, source);
    QFETCH(QString, where);
    QFETCH(QString, what);
    const Problem problem = problemOf(source.toStdString());
    QCOMPARE(QString::fromStdString(problem.where), where);
    QVERIFY2(QString::fromStdString(problem.what).contains(what), problem.what.c_str());
}

void TestChatTemplate::raisedErrors()
{
    const Problem problem =
        problemOf("\n{% if true %}{{ raise_exception('Roles must alternate!') }}{% endif %}");
    QCOMPARE(problem, (Problem{"Roles must alternate!", "chat.jinja", ""}));
    QCOMPARE(problemOf("{{ raise_exception('a ' ~ messages|length) }}").what, std::string("a 3"));
    QVERIFY(problemOf("\xff").what.find("UTF-8") != std::string::npos);
    QVERIFY(problemOf(std::string(2 << 20, 'x')).what.find("1 MiB") != std::string::npos);
}

// What would take forever, or all memory: an error within moments.
void TestChatTemplate::bounds_data()
{
    QTest::addColumn<QString>("source");
    const auto row = [](const QString& source) {
        QTest::addRow("%s", qPrintable(source.left(90))) << source;
    };
    row("{{ 'x' * 10**9 }}");
    row("{{ [0] * 10**9 }}");
    row("{{ ('x' * 10**6) | replace('', 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy') }}");
    row("{{ range(10**9) }}");
    row("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}");
    row("{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}");
    row("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    row("{% macro m(n) %}{{ n }}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}");
    row("{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}");
    row("{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}");
    row("{% set ns = namespace(x=[1]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}");
    row("{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ "
        "ns.x }}");
    row("{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ "
        "ns.x == ns.x|list }}{{ ns.x|tojson }}");
    row("{% set ns = namespace(x='a') %}{% for i in range(9999) %}{% set ns.x = ns.x|map('upper') %}{% "
        "endfor %}{{ ns.x|list }}");
    row("{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}");
    row("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}");
    row("{{ '%1000000000d' % 1 }}");
    row("{{ '{:>1000000000}'.format(1) }}");
    row("{{ '{:.1000000000f}'.format(1.5) }}");
    row("{{ 'a'|center(10**9) }}");
    row("{{ 'a'.ljust(10**9) }}");
    row("{{ '\t'.expandtabs(10**9) }}");
    row("{{ 'a\nb'|indent(10**9) }}");
    row("{{ [1]|batch(10**9, 0)|list }}");
    row("{{ [1]|slice(10**9)|list }}");
    row("{{ strftime_now('%1000000000d') }}");
    row("{{ " + QString("(").repeated(5000) + "1" + QString(")").repeated(5000) + " }}");
    row("{{ " + QString("[").repeated(5000) + QString("]").repeated(5000) + " }}");
    row("{{ " + QString("not ").repeated(5000) + "1 }}");
    row("{{ " + QString("-").repeated(5000) + "1 }}");
    row("{{ x" + QString(".a").repeated(5000) + " }}");
    row("{{ x" + QString("|e").repeated(5000) + " }}");
    row("{{ 1" + QString(" if 1 else 1").repeated(5000) + " }}");
    row(QString("{% if 1 %}").repeated(5000));
    row("{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{{ s.find('c') }}{% endfor %}");
    row("{% set s = 'é' * 500000 %}{% for i in range(99999) %}{{ s[i] }}{% endfor %}");
    row("{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% if s == 'ab' * 500000 %}{% endif %}{% "
        "endfor %}");
    const QString doubled =
        "{% set a = namespace(x=[1]) %}{% set b = namespace(x=[1]) %}{% for i in range(99) %}"
        "{% set a.x = [a.x, a.x] %}{% set b.x = [b.x, b.x] %}{% endfor %}";
    row(doubled + "{{ a.x == b.x }}");
    row(doubled + "{{ a.x < b.x }}");
    row(doubled + "{{ b.x in [a.x] }}");
    row("{% set a = namespace(x=(1,)) %}{% for i in range(99) %}{% set a.x = (a.x, a.x) %}{% endfor %}{{ "
        "{a.x: 1} }}");
    row("{% set s = 'a' * 5000000 %}{% set t = 'a' * 4000000 ~ 'b' %}{% for i in range(99999) %}{{ s.find(t) "
        "}}{% endfor %}");
    row("{% set s = 'a' * 5000000 %}{% set t = 'b' ~ 'a' * 2500000 %}{% for i in range(99999) %}{{ "
        "s.rfind(t) }}{% endfor %}");
    row("{% set s = 'Σ' * 1000000 %}{% for i in range(999) %}{{ s|lower|length }}{% endfor %}");
    row("{% set s = '-' * 1000000 %}{% for i in range(999) %}{{ s|wordwrap(5)|length }}{% endfor %}");
    row("{% set s = 'ab' * 1000000 %}{% for i in range(9999) %}{{ s.strip(s)|length }}{% endfor %}");
    row("{% set s = 'x' * 9000000 %}{% macro m() %}{{ s }}{{ m() }}{% endmacro %}{{ m() }}");
    row("{% set l = range(99999)|list %}{% for i in l %}{% if -1 in l %}{% endif %}{% endfor %}");
    row("{% set l = range(99999)|list %}{% for i in l %}{% if l|sort|length %}{% endif %}{% endfor %}");
}

void TestChatTemplate::bounds()
{
    QFETCH(QString, source);
    QElapsedTimer timer;
    timer.start();
    const Problem problem = problemOf(source.toStdString());
    QVERIFY(problem.what != "no error");
    // No measurement: a bound that holds gives up long before this, on any machine.
    QVERIFY2(timer.elapsed() < 60'000, problem.what.c_str());
}

// The bounds grow with what is given: a template that looks at all messages for each of them still runs.
void TestChatTemplate::largeConversations()
{
    Json messages = Json::array();
    for (int i = 0; i < 400; ++i)
        messages.push_back(
            {{"role", i % 2 ? "assistant" : "user"}, {"content", "message " + std::to_string(i)}});
    const RenderedChat chat =
        rendered("{% for m in messages %}{% set ns = namespace(last=0) %}"
                 "{% for n in messages %}{% if n.role == 'user' %}{% set ns.last = loop.index0 %}"
                 "{% endif %}{% endfor %}{{ ns.last }}{{ m.content }}\n{% endfor %}",
                 messages);
    QCOMPARE(chat.origins.size(), std::size_t(400));
    messages = Json::array({Json{{"role", "user"}, {"content", std::string(20'000'000, 'x')}}});
    QCOMPARE(rendered("{{ messages[0].content|trim|upper ~ '!' }}", messages).text.size(),
             std::size_t(20'000'001));
}

void TestChatTemplate::sharedByThreads()
{
    const ChatTemplate chat = ChatTemplate::parse("{% macro m(x, y='d') %}{{ x ~ y }}{% endmacro %}{% for x "
                                                  "in messages %}{{ m(x.content|trim) }}{% endfor %}",
                                                  "t");
    const std::string expected = chat.render(conversation()).text;
    std::vector<std::thread> threads;
    std::atomic<int> same = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 200; ++k)
                same += chat.render(conversation()).text == expected ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(same.load(), 800);
}

QTEST_APPLESS_MAIN(TestChatTemplate)
#include "test_chat_template.moc"
