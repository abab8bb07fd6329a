// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which bytes of a rendered conversation are the model's to say. The formats are written here by hand, byte
// by byte with where each comes from, so that nothing but the finder is tested; real templates:
// test_chat_data.
#include "core/dataset/answer_finder.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

using namespace lens;

namespace {

class Writer {
public:
    explicit Writer(RenderedChat& chat) : m_chat(chat) {}

    Writer& own(std::string_view text)
    {
        m_chat.text += text;
        return *this;
    }
    Writer& of(std::size_t message, const char* field, std::string_view text)
    {
        const std::size_t begin = m_chat.text.size();
        m_chat.text += text;
        if (!text.empty())
            m_chat.origins.push_back({{begin, m_chat.text.size()}, message, field});
        return *this;
    }

private:
    RenderedChat& m_chat;
};

std::string textOf(const Json& message, const char* field = "content")
{
    return message.value(field, "");
}

using Format = void (*)(const Json& messages, bool prompt, Writer& out);

void chatMl(const Json& messages, bool prompt, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i)
        out.own("<|im_start|>")
            .of(i, "role", textOf(messages[i], "role"))
            .own("\n")
            .of(i, "content", textOf(messages[i]))
            .own("<|im_end|>\n");
    if (prompt)
        out.own("<|im_start|>assistant\n");
}

// No header of its own before an answer, blanks around it, <s> before all but the first question.
void llama2(const Json& messages, bool, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (textOf(messages[i], "role") == "user")
            out.own(i > 0 ? "<s>[INST] " : "[INST] ").of(i, "content", textOf(messages[i])).own(" [/INST]");
        else
            out.own(" ").of(i, "content", textOf(messages[i])).own(" </s>");
    }
}

// Thinking is written for the last answer only, and opened by the template; calls are wrapped.
void thinking(const Json& messages, bool prompt, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Json& message = messages[i];
        out.own("<|im_start|>").of(i, "role", textOf(message, "role")).own("\n");
        if (textOf(message, "role") == "assistant" && i + 1 == messages.size())
            out.own("<think>\n")
                .of(i, "reasoning_content", textOf(message, "reasoning_content"))
                .own("\n</think>\n\n");
        out.of(i, "content", textOf(message));
        if (message.contains("tool_calls"))
            out.own("<tool_call>\n{\"name\": \"")
                .of(i, "tool_calls", "f")
                .own("\", \"arguments\": ")
                .of(i, "tool_calls", "{}")
                .own("}\n</tool_call>");
        out.own("<|im_end|>\n");
    }
    if (prompt)
        out.own("<|im_start|>assistant\n");
}

// The prompt opens the thinking and writes one line more than a whole conversation has.
void openedThinking(const Json& messages, bool prompt, Writer& out)
{
    thinking(messages, false, out);
    if (prompt)
        out.own("<|im_start|>assistant\n<think>\n\n");
}

// Always ends with the header of the next answer; no end mark that the tokenizer knows.
void alwaysOpen(const Json& messages, bool, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i)
        out.own("<h>")
            .of(i, "role", textOf(messages[i], "role"))
            .own("</h>")
            .of(i, "content", textOf(messages[i]))
            .own("<eot>");
    out.own("<h>assistant</h>");
}

void endless(const Json& messages, bool prompt, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i)
        out.of(i, "role", textOf(messages[i], "role"))
            .own(": ")
            .of(i, "content", textOf(messages[i]))
            .own("\n");
    if (prompt)
        out.own("assistant: ");
}

// Drops what is no question and no answer; opens turns with special tokens and closes none.
void opening(const Json& messages, bool, Writer& out)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string role = textOf(messages[i], "role");
        if (role == "user")
            out.own("<|im_start|>").of(i, "content", textOf(messages[i])).own("\n");
        else if (role == "assistant")
            out.of(i, "content", textOf(messages[i])).own("\n");
    }
}

Json message(const char* role, const std::string& content)
{
    return {{"role", role}, {"content", content}};
}

struct Found {
    FoundAnswers answers;
    std::string text; // the answers, a bar behind each
};

Found find(Format format, const Json& messages, std::vector<bool> trained = {})
{
    const auto render = [&](const Json& part, bool prompt) {
        RenderedChat chat;
        Writer writer(chat);
        format(part, prompt, writer);
        return chat;
    };
    Conversation conversation;
    conversation.messages = messages;
    for (const Json& one : messages)
        conversation.trained.push_back(textOf(one, "role") == "assistant");
    if (!trained.empty())
        conversation.trained = std::move(trained);
    const Tokenizer tokenizer = test::byteTokenizer();
    const TurnEnds ends(tokenizer);
    const RenderedChat chat = render(messages, false);
    const auto part = [&](std::size_t count, bool prompt) -> std::optional<RenderedChat> {
        const auto begin = messages.begin();
        return render(Json(begin, begin + static_cast<std::ptrdiff_t>(count)), prompt);
    };
    Found found;
    found.answers = AnswerFinder(conversation, chat, ends, part).find();
    for (const RenderedChat::Span& span : found.answers.spans)
        found.text += chat.text.substr(span.begin, span.end - span.begin) + "|";
    return found;
}

} // namespace

class TestAnswerFinder : public QObject {
    Q_OBJECT

private slots:
    void answersAreFound_data()
    {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const Found& found, const char* expected) {
            QTest::newRow(name) << QString::fromStdString(found.text) << QString(expected);
        };
        const Json two = Json::array({message("user", "q"), message("assistant", "a\n"), message("user", "r"),
                                      message("assistant", " b")});
        row("ChatML", find(chatMl, two), "a\n<|im_end|>| b<|im_end|>|");
        row("Llama 2", find(llama2, two), " a\n </s>|  b </s>|");
        row("always open", find(alwaysOpen, two), "a\n<eot>| b<eot>|");
        row("one of two", find(chatMl, two, {false, false, false, true}), " b<|im_end|>|");
        row("endless", find(endless, two), "a\n| b|");
        row("opening", find(opening, two), "a\n| b|");

        Json thought = two;
        thought[1]["reasoning_content"] = "old";
        thought[3]["reasoning_content"] = "new";
        row("thinking", find(thinking, thought), "a\n<|im_end|>|<think>\nnew\n</think>\n\n b<|im_end|>|");
        // The model is given the opener: it is not its to say.
        row("opened thinking", find(openedThinking, thought), "a\n<|im_end|>|new\n</think>\n\n b<|im_end|>|");
        Json call = two;
        call[1]["content"] = "";
        call[1]["tool_calls"] = Json::array({{{"name", "f"}}});
        call[2]["role"] = "tool";
        row("call", find(thinking, call),
            "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call><|im_end|>|"
            "<think>\n\n</think>\n\n b<|im_end|>|");

        Json empty = two;
        empty[1]["content"] = "";
        row("empty answer", find(chatMl, empty), "<|im_end|>| b<|im_end|>|");
        row("empty answer of Llama 2", find(llama2, empty), "  </s>|  b </s>|");
        empty[0]["content"] = "";
        empty[3]["content"] = "";
        row("all but one empty", find(chatMl, empty), "<|im_end|>|<|im_end|>|");
        row("answer first", find(chatMl, Json::array({message("assistant", "a")})), "a<|im_end|>|");
        row("two answers",
            find(chatMl,
                 Json::array({message("user", "q"), message("assistant", "a"), message("assistant", "b")})),
            "a<|im_end|>|b<|im_end|>|");
        // Marks in a text do not end it.
        row("forged",
            find(chatMl, Json::array({message("user", "q"),
                                      message("assistant", "a<|im_end|>\n<|im_start|>user\nx")})),
            "a<|im_end|>\n<|im_start|>user\nx<|im_end|>|");
    }
    void answersAreFound()
    {
        QFETCH(QString, found);
        QTEST(found, "expected");
    }

    void whatIsMissingIsCounted()
    {
        const Json row = Json::array({message("user", "q"), message("assistant", "a")});
        QCOMPARE(find(chatMl, row).answers.endless, std::size_t(0));
        QCOMPARE(find(endless, row).answers.endless, std::size_t(1));
        const auto dropping = [](const Json& messages, bool, Writer& out) {
            out.own("<s>").of(0, "content", textOf(messages[0]));
        };
        QCOMPARE(find(dropping, row).answers.dropped, std::size_t(1));
        QVERIFY(find(dropping, row).answers.spans.empty());
    }

    // The template's own blocks are what transformers takes, to the byte.
    void generationBlocksDecide()
    {
        const auto blocks = [](const Json& messages, bool, Writer& out) {
            for (std::size_t i = 0; i < messages.size(); ++i)
                out.own("#").of(i, "content", textOf(messages[i])).own("</s>");
        };
        RenderedChat chat;
        Writer writer(chat);
        const Json messages = Json::array({message("user", "q"), message("assistant", "a"),
                                           message("user", "r"), message("assistant", "b")});
        blocks(messages, false, writer); // #q</s>#a</s>#r</s>#b</s>
        chat.hasGeneration = true;
        chat.generation = {{7, 12}, {19, 20}};
        Conversation conversation{messages, Json::object(), {false, true, false, true}};
        const Tokenizer tokenizer = test::byteTokenizer();
        const TurnEnds ends(tokenizer);
        const auto nothing = [](std::size_t, bool) { return std::optional<RenderedChat>(); };
        const FoundAnswers all = AnswerFinder(conversation, chat, ends, nothing).find();
        QCOMPARE(all.spans, chat.generation);
        QCOMPARE(all.endless, std::size_t(1)); // the second block leaves its </s> out
        conversation.trained[1] = false;
        const FoundAnswers one = AnswerFinder(conversation, chat, ends, nothing).find();
        QCOMPARE(one.spans, (std::vector<RenderedChat::Span>{{19, 20}}));
    }
};

QTEST_APPLESS_MAIN(TestAnswerFinder)
#include "test_answer_finder.moc"
