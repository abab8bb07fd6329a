// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Random conversations through every chat template and every tokenizer that is there: what is trained is
// exactly what the assistant says, with its end mark. What is expected is found in the rendered text by the
// words of the messages, not by the program's own book-keeping.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/dataset/dataset.h"
#include "tests/dataset/random_conversation.h"
#include "tests/support/golden_folders.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>
#include <zlib.h>

#include <array>
#include <memory>
#include <regex>
#include <set>

using namespace lens;

namespace {

namespace fs = std::filesystem;

constexpr int kConversations = 60; // of each template with each tokenizer

std::string unzipped(const fs::path& path)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    std::string text;
    std::array<char, 1 << 16> buffer;
    for (int read = 0; (read = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(read));
    return text;
}

// What looks like a control token in a template's text: <|im_end|>, </s>, [INST].
std::set<std::string> marksOf(const fs::path& chatTemplate)
{
    static const std::regex shape("<\\|[A-Za-z0-9_ ]+\\|>|</?[a-z_]+>|\\[/?[A-Z_]+\\]");
    const std::string text = readFile(chatTemplate);
    std::set<std::string> marks;
    for (std::sregex_iterator i(text.begin(), text.end(), shape), end; i != end; ++i)
        marks.insert(i->str());
    for (const char* thinking : {"<think>", "</think>", "<tools>", "</tools>"})
        marks.erase(thinking);
    return marks;
}

fs::path templateOf(const fs::path& cases)
{
    const std::string name = cases.string();
    return name.substr(0, name.size() - std::string(".cases.json").size()) + ".jinja";
}

// A tokenizer as a model with these templates would have it: their marks are tokens.
Tokenizer withMarks(Json tokenizer, const Json& config, const std::set<std::string>& marks)
{
    const Json& vocabulary = tokenizer["model"]["vocab"];
    auto next = static_cast<std::int64_t>(vocabulary.size());
    if (vocabulary.is_object())
        for (const auto& [token, id] : vocabulary.items())
            next = std::max(next, id.get<std::int64_t>() + 1);
    std::set<std::string> known;
    for (const Json& one : tokenizer["added_tokens"]) {
        next = std::max(next, one["id"].get<std::int64_t>() + 1);
        known.insert(one["content"].get<std::string>());
    }
    for (const std::string& mark : marks)
        if (!known.contains(mark))
            tokenizer["added_tokens"].push_back({{"id", next++},
                                                 {"content", mark},
                                                 {"single_word", false},
                                                 {"lstrip", false},
                                                 {"rstrip", false},
                                                 {"normalized", false},
                                                 {"special", true}});
    return Tokenizer::fromJsonText(toJsonLine(tokenizer), toJsonLine(config), "tokenizer.json");
}

// Templates may rely on the marks that every chat model has.
Json configOf(const fs::path& folder)
{
    const fs::path file = folder / "tokenizer_config.json";
    Json config = fs::exists(file) ? readJsonFile(file) : Json::object();
    for (const auto& [key, mark] : {std::pair("bos_token", "<s>"), std::pair("eos_token", "</s>")})
        if (!config.contains(key) || config[key].is_null())
            config[key] = mark;
    return config;
}

std::string trimmed(const std::string& text)
{
    static const std::regex ends("^(\\s|\u3000|\u00A0|\u2028)+|(\\s|\u3000|\u00A0|\u2028)+$");
    return std::regex_replace(text, ends, "");
}

struct Region {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t mark = 0; // where the end mark behind it ends
    bool trained = false;
};

struct Counts {
    int conversations = 0;
    int refused = 0;
    int answers = 0;
    int exact = 0; // the trained tokens decode to the text with its end mark, to the byte
};

} // namespace

class TestGoldenChatData : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto found = test::goldenChatTemplates();
        if (!found.missing.empty())
            QSKIP(found.missing.c_str());
        QVERIFY2(!found.paths.empty(), "the golden folder is empty");
        m_marks = {"<s>", "</s>"};
        for (const fs::path& cases : found.paths) {
            m_templates.push_back(templateOf(cases));
            m_marks.merge(marksOf(m_templates.back()));
        }
    }

    void answersAreTrainedAndNothingElse_data()
    {
        QTest::addColumn<QString>("folder"); // empty: the byte tokenizer
        QTest::newRow("byte tokenizer") << QString();
        for (const fs::path& folder : test::goldenTokenizers().paths)
            if (fs::exists(folder / "tokenizer.json") || fs::exists(folder / "tokenizer.json.gz"))
                QTest::newRow(folder.filename().c_str()) << QString::fromStdString(folder.string());
    }

    void answersAreTrainedAndNothingElse()
    {
        QFETCH(QString, folder);
        const Tokenizer tokenizer = tokenizerOf(folder.toStdString());
        for (const fs::path& chatTemplate : m_templates) {
            if (textOf("answer", chatTemplate, tokenizer).find("answer") == std::string::npos)
                continue; // a frame for tests, that writes no messages
            m_counts = {};
            m_keepsBlanks = keepsBlanks(chatTemplate, tokenizer);
            for (int i = 0; i < kConversations; ++i) {
                const std::string problem = problemOf(static_cast<std::uint32_t>(i), chatTemplate, tokenizer);
                QVERIFY2(problem.empty(), (chatTemplate.filename().string() + ", conversation " +
                                           std::to_string(i) + ": " + problem)
                                              .c_str());
            }
            qInfo("%-24s %3d conversations, %d refused, %3d answers, %3d exact to the byte",
                  chatTemplate.stem().c_str(), m_counts.conversations, m_counts.refused, m_counts.answers,
                  m_counts.exact);
            QVERIFY2(m_counts.answers > 0, chatTemplate.c_str());
        }
    }

private:
    Tokenizer tokenizerOf(const fs::path& folder) const
    {
        if (folder.empty())
            return withMarks(test::byteTokenizerJson(), configOf({}), m_marks);
        const std::string text = fs::exists(folder / "tokenizer.json")
                                     ? readFile(folder / "tokenizer.json")
                                     : unzipped(folder / "tokenizer.json.gz");
        return withMarks(parseJson(text, folder.string()), configOf(folder), m_marks);
    }

    std::string problemOf(std::uint32_t seed, const fs::path& chatTemplate, const Tokenizer& tokenizer)
    {
        DataSettings settings;
        settings.maxLength = 2'000'000;
        settings.chatTemplate = chatTemplate.string();
        const Json messages = test::RandomConversation(seed).messages(seed % 3 == 0);
        RowPreview row;
        try {
            row = previewRow(toJsonLine(Json{{"messages", messages}}), settings, tokenizer);
        } catch (const Error& error) {
            const bool refused = std::string(error.what()).find("chat template refuses") != std::string::npos;
            m_counts.refused += refused;
            return refused ? "" : error.what();
        }
        ++m_counts.conversations;
        return compare(row, messages, tokenizer);
    }

    static std::string textOf(const std::string& answer, const fs::path& chatTemplate,
                              const Tokenizer& tokenizer)
    {
        DataSettings settings;
        settings.chatTemplate = chatTemplate.string();
        const Json messages =
            Json::array({{{"role", "user"}, {"content", "q"}}, {{"role", "assistant"}, {"content", answer}}});
        return previewRow(toJsonLine(messages), settings, tokenizer).text;
    }

    // Whether the template writes answers with the blanks at their ends.
    static bool keepsBlanks(const fs::path& chatTemplate, const Tokenizer& tokenizer)
    {
        for (const std::string content : {"\n\t answer\t \n", "\t\n answer \n\t"})
            if (textOf(content, chatTemplate, tokenizer).find(content) == std::string::npos)
                return false;
        return true;
    }

    // The text of each message in the rendered row: whole, or without blanks at its ends, as the template
    // has it.
    std::string compare(const RowPreview& row, const Json& messages, const Tokenizer& tokenizer)
    {
        std::vector<Region> regions;
        for (const Json& message : messages) {
            const auto content = message["content"].get<std::string>();
            const std::string core = trimmed(content);
            std::size_t at = row.text.find(core);
            if (core.empty() || at == std::string::npos)
                continue; // a system message that is not written
            Region region{at, at + core.size(), 0, false};
            const std::size_t lead = content.find(core);
            if (m_keepsBlanks && at >= lead && row.text.compare(at - lead, content.size(), content) == 0)
                region = {at - lead, at - lead + content.size(), 0, false};
            region.trained = message["role"] == "assistant" && message.value("weight", 1) == 1;
            region.mark = markBehind(row.text, region.end, tokenizer);
            regions.push_back(region);
        }
        std::string problem = compareTokens(row, regions, tokenizer);
        for (const Region& region : regions)
            if (problem.empty() && region.trained)
                problem = compareAnswer(row, region, tokenizer);
        return problem;
    }

    std::size_t markBehind(const std::string& text, std::size_t end, const Tokenizer& tokenizer) const
    {
        const std::size_t at = std::min(text.find_first_not_of(" \n", end), text.size());
        std::set<std::string> marks = m_marks;
        if (const auto eos = tokenizer.eosId())
            marks.insert(tokenizer.tokenText(*eos));
        std::size_t longest = 0;
        for (const std::string& mark : marks)
            if (text.compare(at, mark.size(), mark) == 0)
                longest = std::max(longest, mark.size());
        return longest > 0 ? at + longest : end;
    }

    // Each token on its own: inside of a trained region it is trained; trained and outside of all, it is a
    // blank, a <think> tag or the end mark of an answer without text.
    std::string compareTokens(const RowPreview& row, const std::vector<Region>& regions,
                              const Tokenizer& tokenizer) const
    {
        for (std::size_t i = 1; i < row.row.ids.size(); ++i) {
            const auto [begin, end] = row.spans[i];
            bool wanted = false;
            bool forbidden = false;
            bool touches = false;
            for (const Region& region : regions) {
                const bool meets = begin < region.end && end > region.begin;
                const bool special = tokenizer.isSpecial(row.row.ids[i]) && begin < region.begin;
                wanted = wanted || (meets && region.trained && !special);
                touches = touches || (region.trained && begin < region.mark && end > region.begin);
                forbidden = forbidden || (begin >= region.begin && end <= region.end && !region.trained);
            }
            const std::string text = row.text.substr(begin, end - begin);
            const std::string about = "token " + std::to_string(i) + " " + toJsonLine(Json(text));
            if (wanted && !row.row.trained[i])
                return about + " is not trained";
            if (!row.row.trained[i] || wanted || touches)
                continue;
            if (forbidden && begin < end)
                return about + " is trained and is no answer's";
            if (!isOpener(row, i) && !leadsToMark(row, i, tokenizer))
                return about + " is trained and stands in no answer";
        }
        return {};
    }

    // Blanks, or part of a <think> tag.
    static bool isOpener(const RowPreview& row, std::size_t token)
    {
        const auto [begin, end] = row.spans[token];
        for (std::size_t at = begin; at < end; ++at) {
            const std::size_t tag = row.text.rfind('<', at);
            const bool inTag =
                tag != std::string::npos && (row.text.compare(tag, 7, "<think>") == 0
                                                 ? at < tag + 7
                                                 : row.text.compare(tag, 8, "</think>") == 0 && at < tag + 8);
            if (!inTag && std::string_view(" \n\r\t").find(row.text[at]) == std::string_view::npos)
                return false;
        }
        return true;
    }

    // An end mark without a text before it, or a token that holds the blank before such a mark.
    static bool leadsToMark(const RowPreview& row, std::size_t token, const Tokenizer& tokenizer)
    {
        for (; token < row.row.ids.size() && row.row.trained[token]; ++token)
            if (tokenizer.isSpecial(row.row.ids[token]))
                return true;
            else if (row.text.find_first_of(" \n", row.spans[token].begin) >= row.spans[token].end)
                return false;
        return false;
    }

    // Whether there is a token in [begin, end) that could be trained: none that begins before the answer and
    // is a special one (it swallows blanks, or stands for several unknown characters).
    static bool hasToken(const RowPreview& row, const Region& region, std::size_t begin, std::size_t end,
                         const Tokenizer& tokenizer)
    {
        for (std::size_t i = 1; i < row.spans.size(); ++i) {
            const Encoding::Span span = row.spans[i];
            const bool meets = span.begin < end && span.end > begin && span.begin < span.end;
            if (meets && !(span.begin < region.begin && tokenizer.isSpecial(row.row.ids[i])))
                return true;
        }
        return false;
    }

    std::string compareAnswer(const RowPreview& row, const Region& region, const Tokenizer& tokenizer)
    {
        ++m_counts.answers;
        std::vector<TokenId> ids;
        std::size_t first = row.text.size();
        std::size_t last = 0;
        for (std::size_t i = 1; i < row.row.ids.size(); ++i) {
            const auto [begin, end] = row.spans[i];
            if (!row.row.trained[i] || begin >= region.mark || end <= region.begin)
                continue;
            ids.push_back(row.row.ids[i]);
            first = std::min<std::size_t>(first, begin);
            last = std::max<std::size_t>(last, end);
        }
        // A normalizer may take characters away: then no token stands for them.
        if (hasToken(row, region, region.begin, first, tokenizer) ||
            hasToken(row, region, last, region.mark, tokenizer))
            return "an answer is not trained whole (" + std::to_string(region.begin) + " to " +
                   std::to_string(region.mark) + ", tokens from " + std::to_string(first) + " to " +
                   std::to_string(last) +
                   "): " + toJsonLine(Json(row.text.substr(region.begin, region.mark - region.begin)));
        // A token over the seam brings along what it has of the other side; a first blank may be the
        // tokenizer's own, which decoding takes away.
        const std::string expected = row.text.substr(first, last - first);
        const std::string decoded = tokenizer.decode(ids, false);
        // What a tokenizer that normalizes, or does not know every character, makes of this text alone.
        const std::string alone = tokenizer.decode(tokenizer.encode(expected, false).ids, false);
        if (decoded != expected && " " + decoded != expected && decoded != alone)
            return "decoded " + toJsonLine(Json(decoded)) + " expected " + toJsonLine(Json(expected));
        // The template may write a blank before the text.
        const std::string exact = row.text.substr(region.begin, region.mark - region.begin);
        m_counts.exact += decoded == exact || decoded == " " + exact;
        return {};
    }

    std::vector<fs::path> m_templates;
    std::set<std::string> m_marks;
    bool m_keepsBlanks = false;
    Counts m_counts;
};

QTEST_APPLESS_MAIN(TestGoldenChatData)
#include "test_golden_chat_data.moc"
