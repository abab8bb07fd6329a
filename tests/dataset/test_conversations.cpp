// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The forms in which data files have conversations, and what chat templates are given for them.
#include "core/base/error.h"
#include "core/dataset/conversation.h"
#include "core/dataset/row_form.h"

#include <QTest>

using namespace lens;

namespace {

// Quotes are written as ' here.
QString quoted(const char* text)
{
    return QString(text).replace('\'', '"');
}

Json json(const char* text)
{
    return parseJson(quoted(text).toStdString(), "test");
}

// What a template gets: the messages and the further names, and an x for each message that is trained.
QString given(const char* row)
{
    RowProblems problems;
    const Json parsed = json(row);
    const auto conversation = conversationOf(parsed, formatOf(parsed, "row"), "row", problems);
    if (!conversation)
        return QString::fromStdString(Error(problems.all("row")).what());
    std::string trained;
    for (const bool one : conversation->trained)
        trained += one ? 'x' : '-';
    std::string text = trained + " " + conversation->messages.dump();
    if (!conversation->variables.empty())
        text += " " + conversation->variables.dump();
    return QString::fromStdString(text);
}

} // namespace

class TestConversations : public QObject {
    Q_OBJECT

private slots:
    void rowsBecomeMessages_data()
    {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << given(text) << quoted(expected);
        };
        row("messages",
            "{'messages': [{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a'}]}",
            "-x [{'role':'user','content':'q'},{'role':'assistant','content':'a'}]");
        row("list", "[{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a'}]",
            "-x [{'role':'user','content':'q'},{'role':'assistant','content':'a'}]");
        row("conversations with roles",
            "{'conversations': [{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a'}]}",
            "-x [{'role':'user','content':'q'},{'role':'assistant','content':'a'}]");
        row("sharegpt",
            "{'conversations': [{'from': 'human', 'value': 'q'}, {'from': 'gpt', 'value': 'a'}],"
            "'system': 's', 'tools': '[{\\'name\\': \\'f\\'}]'}",
            "--x [{'role':'system','content':'s'},{'role':'user','content':'q'},"
            "{'role':'assistant','content':'a'}] {'tools':[{'name':'f'}]}");
        row("sharegpt with calls",
            "{'conversations': [{'from': 'human', 'value': 'q'},"
            "{'from': 'function_call', 'value': '{\\'name\\': \\'f\\', \\'arguments\\': {\\'x\\': 1}}'},"
            "{'from': 'observation', 'value': '2'}, {'from': 'gpt', 'value': 'a'}]}",
            "-x-x [{'role':'user','content':'q'},{'role':'assistant','content':'',"
            "'tool_calls':[{'type':'function','function':{'name':'f','arguments':{'x':1}}}]},"
            "{'role':'tool','content':'2'},{'role':'assistant','content':'a'}]");
        row("prompt and completion as lists",
            "{'prompt': [{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'old'},"
            "{'role': 'user', 'content': 'r'}],"
            "'completion': [{'role': 'assistant', 'content': 'a'}]}",
            "---x [{'role':'user','content':'q'},{'role':'assistant','content':'old'},"
            "{'role':'user','content':'r'},{'role':'assistant','content':'a'}]");
        row("nulls are absent, text arguments are read",
            "{'messages': [{'role': 'user', 'content': 'q', 'tool_calls': null, 'name': 'n'},"
            "{'role': 'assistant', 'content': null, 'tool_calls': [{'type': 'function',"
            "'function': {'name': 'f', 'arguments': '{\\'x\\': 1}'}}]}], 'tools': null}",
            "-x [{'role':'user','content':'q','name':'n'},{'role':'assistant',"
            "'tool_calls':[{'type':'function','function':{'name':'f','arguments':{'x':1}}}],'content':''}]");
        row("parts, thinking, weights",
            "{'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'q'}]},"
            "{'role': 'assistant', 'content': 'a', 'weight': 0},"
            "{'role': 'user', 'content': 'r', 'weight': 1},"
            "{'role': 'assistant', 'content': 'b', 'reasoning_content': 't', 'train': true},"
            "{'role': 'assistant', 'content': 'c', 'train': false}],"
            "'chat_template_kwargs': {'enable_thinking': false}, 'documents': [{'title': 'd'}]}",
            "---x- [{'role':'user','content':[{'type':'text','text':'q'}]},"
            "{'role':'assistant','content':'a'},{'role':'user','content':'r'},"
            "{'role':'assistant','content':'b','reasoning_content':'t'},"
            "{'role':'assistant','content':'c'}] {'enable_thinking':false,'documents':[{'title':'d'}]}");
    }
    void rowsBecomeMessages()
    {
        QFETCH(QString, found);
        QTEST(found, "expected");
    }

    void faultsAreNamedTogether_data()
    {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << given(text) << quoted(expected);
        };
        row("no list", "{'messages': 3} ", "row: messages: is not a list of messages");
        row("empty", "{'conversations': []} ", "row: conversations: is not a list of messages");
        row("null", "{'messages': null} ", "row: messages: is missing");
        row("no answer", "[{'role': 'user', 'content': 'q'}]",
            "row: messages: have no answer to train (no message of the assistant)");
        row("no answer in the completion",
            "{'prompt': [{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a'}],"
            "'completion': [{'role': 'user', 'content': 'q'}]}",
            "row: completion: have no answer to train (no message of the assistant)");
        row("all at once",
            "{'messages': [1, {'role': 2, 'content': 'x'}, {'role': 'assistant'},"
            "{'role': 'assistant', 'content': null}, {'role': 'assistant', 'content': {}},"
            "{'role': 'assistant', 'content': [{'type': 'image', 'url': 'u'}, {'type': 'text'}, 't']},"
            "{'role': 'user', 'content': 'q', 'train': true},"
            "{'role': 'assistant', 'content': 'a', 'weight': 0.5, 'train': 'yes'},"
            "{'role': 'assistant', 'tool_calls': {}}, {'role': 'assistant', 'tool_calls': [1]}],"
            "'tools': 'f', 'system': [], 'chat_template_kwargs': []"
            "}",
            "row: chat_template_kwargs: is not an object but array\n"
            "row: tools: is not a list but string\n"
            "row: system: is not a string but array\n"
            "row: messages[0]: is not an object but number\n"
            "row: messages[1]: role: is not a string but number\n"
            "row: messages[2]: content: is missing\n"
            "row: messages[3]: content: is not a string but null\n"
            "row: messages[4]: content: is not a string but object\n"
            "row: messages[5]: content[0]: type: is no text (only parts {\"type\": \"text\", \"text\": "
            "\"…\"})\n"
            "row: messages[5]: content[1]: text: is missing\n"
            "row: messages[5]: content[2]: is not an object but string\n"
            "row: messages[6]: train: only what the assistant says can be trained (train_on_prompt trains "
            "everything)\n"
            "row: messages[7]: weight: found 0.5, allowed 0 and 1\n"
            "row: messages[7]: train: is not true or false but string\n"
            "row: messages[8]: tool_calls: is not a list but object\n"
            "row: messages[9]: tool_calls[0]: is not an object but number");
        row("speakers",
            "{'conversations': [{'from': 'alice', 'value': 'q'}, {'value': 'x'}, {'from': 'gpt'},"
            "{'from': 'function_call', 'value': 'f 1'}, {'from': 'function_call', 'value': '[{}]'}]"
            "}",
            "row: conversations[0]: from: the name \"alice\" is not known (known: human, user, gpt, chatgpt, "
            "bing, bard, model, assistant, system, tool, observation, ipython, function_response, "
            "function_call)\n"
            "row: conversations[1]: from: is missing\n"
            "row: conversations[2]: value: is missing\n"
            "row: conversations[3]: value: is no call as JSON text ({\"name\": \"…\", \"arguments\": {…}}, "
            "or a list of such)\n"
            "row: conversations[4]: value: a call has no name");
    }
    void faultsAreNamedTogether()
    {
        QFETCH(QString, found);
        QTEST(found, "expected");
    }

    void formsAreToldApart()
    {
        QCOMPARE(formatOf(json("{'conversations': [{'from': 'gpt'}]} "), ""), DataFormat::ShareGpt);
        QCOMPARE(formatOf(json("{'conversations': [{'role': 'user'}]} "), ""), DataFormat::Messages);
        QCOMPARE(formatOf(json("[{'role': 'user'}] "), ""), DataFormat::Messages);
        QVERIFY(isConversational(json("{'prompt': [], 'completion': []} ")));
        QVERIFY(!isConversational(json("{'prompt': '', 'completion': ''} ")));
    }
};

QTEST_APPLESS_MAIN(TestConversations)
#include "test_conversations.moc"
