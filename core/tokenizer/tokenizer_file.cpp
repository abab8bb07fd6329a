// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/tokenizer_file.h"

#include "core/base/error.h"
#include "core/base/json_tree.h"

#include <algorithm>
#include <optional>

namespace lens {
namespace {

class Reader final : public nlohmann::json_sax<Json> {
public:
    Reader(std::string_view text, const std::string& where) : m_text(text), m_where(where), m_tree(where) {}

    TokenizerFile take()
    {
        m_file.parts = m_tree.take();
        return std::move(m_file);
    }

    bool null() override { return scalar(nullptr, "null"); }
    bool boolean(bool value) override { return scalar(value, "true or false"); }
    bool number_float(number_float_t value, const string_t&) override
    {
        return m_place == Place::ScorePair ? score(value) : scalar(value, "a fraction");
    }
    bool binary(binary_t&) override { return false; }

    bool number_integer(number_integer_t value) override
    {
        if (m_place == Place::ScorePair)
            return score(static_cast<double>(value));
        return m_place == Place::Vocabulary ? entry(value) : scalar(value, "a number");
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_place == Place::ScorePair)
            return score(static_cast<double>(value));
        if (m_place == Place::Vocabulary)
            return entry(static_cast<std::int64_t>(std::min<number_unsigned_t>(value, INT64_MAX)));
        return scalar(value, "a number");
    }
    bool string(string_t& value) override
    {
        if (m_place == Place::Merges)
            return merge(value);
        if (m_place == Place::MergePair || m_place == Place::ScorePair) {
            m_pair.push_back(std::move(value));
            return true;
        }
        return scalar(std::move(value), "a string");
    }

    bool start_object(std::size_t) override
    {
        if (m_place != Place::Elsewhere)
            fail("an object");
        if (isPath("vocab")) {
            m_place = Place::Vocabulary;
            m_file.hasVocabulary = true;
            return true;
        }
        return open(Json::object());
    }
    bool key(string_t& name) override
    {
        m_key = std::move(name);
        return true;
    }
    bool end_object() override { return closeIf(Place::Vocabulary); }

    bool start_array(std::size_t) override
    {
        if (m_place == Place::Merges) {
            m_place = Place::MergePair;
            m_pair.clear();
            return true;
        }
        if (m_place == Place::Scores) {
            m_place = Place::ScorePair;
            m_pair.clear();
            m_score.reset();
            return true;
        }
        if (m_place != Place::Elsewhere)
            fail("a list");
        if (isPath("merges")) {
            m_place = Place::Merges;
            m_file.hasMerges = true;
            return true;
        }
        if (isPath("vocab")) {
            m_place = Place::Scores;
            m_file.hasScores = true;
            return true;
        }
        return open(Json::array());
    }
    bool end_array() override
    {
        if (m_place == Place::ScorePair)
            return endScorePair();
        if (m_place != Place::MergePair)
            return closeIf(m_place == Place::Scores ? Place::Scores : Place::Merges);
        if (m_pair.size() != 2)
            throw Error("is not a pair of tokens", mergePath());
        m_file.merges.emplace_back(std::move(m_pair[0]), std::move(m_pair[1]));
        m_place = Place::Merges;
        return true;
    }

    bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& error) override
    {
        const auto end = m_text.begin() + static_cast<std::ptrdiff_t>(std::min(at, m_text.size()));
        const std::string message = error.what();
        const auto tail = message.rfind(": ");
        throw Error("not valid JSON: " + (tail == std::string::npos ? message : message.substr(tail + 2)),
                    m_where + ":" + std::to_string(1 + std::count(m_text.begin(), end, '\n')));
    }

private:
    enum class Place { Elsewhere, Vocabulary, Merges, MergePair, Scores, ScorePair };

    std::string scorePath() const
    {
        return m_where + ": model.vocab[" + std::to_string(m_file.scores.size()) + "]";
    }

    bool score(double value)
    {
        if (m_pair.size() != 1 || m_score)
            throw Error("is not a token and its score", scorePath());
        m_score = value;
        return true;
    }

    bool endScorePair()
    {
        if (m_pair.size() != 1 || !m_score)
            throw Error("is not a token and its score", scorePath());
        m_file.scores.emplace_back(std::move(m_pair[0]), *m_score);
        m_place = Place::Scores;
        return true;
    }

    std::string mergePath() const
    {
        return m_where + ": model.merges[" + std::to_string(m_file.merges.size()) + "]";
    }

    [[noreturn]] void fail(const std::string& found) const
    {
        if (m_place == Place::Vocabulary)
            throw Error("is " + found + ", not a token id", m_where + ": model.vocab[\"" + m_key + "\"]");
        if (m_place == Place::Scores || m_place == Place::ScorePair)
            throw Error("is " + found + ", not a token and its score", scorePath());
        throw Error("is " + found + ", not a pair of tokens", mergePath());
    }

    bool isPath(const char* name) const
    {
        return m_tree.depth() == 2 && m_key == name && &m_tree.innermost() == m_model;
    }

    bool entry(std::int64_t id)
    {
        m_file.entries.emplace_back(std::move(m_key), id);
        return true;
    }

    // "left right"; a token never contains a blank in this form.
    bool merge(const std::string& text)
    {
        const auto blank = text.find(' ');
        if (blank == std::string::npos || text.find(' ', blank + 1) != std::string::npos)
            throw Error("is not two tokens with a blank between them", mergePath(), "found: " + text);
        m_file.merges.emplace_back(text.substr(0, blank), text.substr(blank + 1));
        return true;
    }

    bool scalar(Json value, const char* kind)
    {
        if (m_place != Place::Elsewhere)
            fail(kind);
        m_tree.key(m_key);
        m_tree.put(std::move(value));
        return true;
    }

    bool open(Json value)
    {
        const bool isModel = m_tree.depth() == 1 && m_key == "model" && m_tree.innermost().is_object();
        m_tree.key(m_key);
        const Json* opened = m_tree.open(std::move(value));
        if (isModel)
            m_model = opened;
        return true;
    }

    bool closeIf(Place place)
    {
        if (m_place == place) {
            m_place = Place::Elsewhere;
        } else {
            if (&m_tree.innermost() == m_model)
                m_model = nullptr;
            m_tree.close();
        }
        return true;
    }

    std::string_view m_text;
    const std::string& m_where;
    TokenizerFile m_file;
    JsonTree m_tree;
    const Json* m_model = nullptr; // the object "model" while it is open
    std::string m_key;
    std::vector<std::string> m_pair;
    std::optional<double> m_score;
    Place m_place = Place::Elsewhere;
};

} // namespace

TokenizerFile parseTokenizerFile(std::string_view text, const std::string& where)
{
    Reader reader(text, where);
    Json::sax_parse(text.begin(), text.end(), &reader);
    return reader.take();
}

} // namespace lens
