// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/architecture/source_tree.h"

#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

namespace lens::test {

namespace {

std::vector<std::string> splitLines(const std::string& text)
{
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    if (lines.back().empty())
        lines.pop_back();
    return lines;
}

// The text with comments and the inside of string and character literals blanked; line breaks stay.
class CommentStripper {
public:
    explicit CommentStripper(const std::string& text) : m_text(text) {}

    std::string strip()
    {
        while (m_at < m_text.size()) {
            if (startsWith("//"))
                blankUntil("\n", false);
            else if (startsWith("/*"))
                blankUntil("*/", true);
            else if (startsWith("R\""))
                blankRawString();
            else if (m_text[m_at] == '"' || (m_text[m_at] == '\'' && !isDigitSeparator()))
                blankLiteral(m_text[m_at]);
            else
                keep();
        }
        return m_out;
    }

private:
    bool startsWith(std::string_view what) const { return m_text.compare(m_at, what.size(), what) == 0; }
    bool isDigitSeparator() const
    {
        return m_at > 0 && std::isalnum(static_cast<unsigned char>(m_text[m_at - 1])) != 0;
    }
    void keep() { m_out += m_text[m_at++]; }
    void blank()
    {
        m_out += m_text[m_at] == '\n' ? '\n' : ' ';
        ++m_at;
    }
    void blankUntil(std::string_view end, bool including)
    {
        const std::size_t found = m_text.find(end, m_at + 2);
        const std::size_t stop =
            found == std::string::npos ? m_text.size() : found + (including ? end.size() : 0);
        while (m_at < stop)
            blank();
    }
    void blankRawString()
    {
        const std::size_t open = m_text.find('(', m_at);
        if (open == std::string::npos || open - m_at > 18) {
            keep();
            return;
        }
        const std::string end = ")" + m_text.substr(m_at + 2, open - m_at - 2) + "\"";
        blankUntil(end, true);
    }
    void blankLiteral(char quote)
    {
        keep();
        while (m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != '\n') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                blank();
            blank();
        }
        if (m_at < m_text.size())
            keep();
    }

    const std::string& m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

std::optional<Include> parseInclude(const std::string& line, int number)
{
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::smatch match;
    if (!std::regex_search(line, match, pattern))
        return std::nullopt;
    return Include{match[2], match[1] == "<", number};
}

bool isBuildText(const std::filesystem::path& path)
{
    const std::string extension = path.extension().string();
    return path.filename() == "CMakeLists.txt" || extension == ".cmake" || extension == ".py" ||
           extension == ".sh";
}

} // namespace

std::string SourceFile::folder() const
{
    return std::filesystem::path(path).parent_path().generic_string();
}

std::string SourceFile::name() const
{
    return std::filesystem::path(path).filename().string();
}

std::string SourceFile::stem() const
{
    return path.substr(0, path.rfind('.'));
}

bool SourceFile::isHeader() const
{
    return path.ends_with(".h");
}

bool SourceFile::isUnder(std::string_view prefix) const
{
    return path.size() > prefix.size() && path.starts_with(prefix) && path[prefix.size()] == '/';
}

void SourceTree::add(std::string path, std::string text)
{
    SourceFile file{std::move(path), std::move(text), {}, {}};
    if (!file.path.ends_with(".h") && !file.path.ends_with(".cpp")) {
        build.push_back(std::move(file));
        return;
    }
    const std::vector<std::string> raw = splitLines(file.text);
    file.code = splitLines(CommentStripper(file.text).strip());
    for (std::size_t i = 0; i < raw.size() && i < file.code.size(); ++i) {
        // Only where the directive survived the stripping: not in comments or raw strings.
        if (file.code[i].find('#') == std::string::npos)
            continue;
        if (auto include = parseInclude(raw[i], static_cast<int>(i) + 1))
            file.includes.push_back(std::move(*include));
    }
    paths.insert(file.path);
    files.push_back(std::move(file));
}

SourceTree readSourceTree(const std::filesystem::path& root)
{
    static constexpr std::array kTops{"app",       "core",      "widgets",     "tests",
                                      "packaging", "resources", "translations"};
    SourceTree tree;
    tree.add("CMakeLists.txt", readFile(root / "CMakeLists.txt"));
    for (const char* top : kTops) {
        if (!std::filesystem::is_directory(root / top))
            continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            const bool wanted = extension == ".h" || extension == ".cpp" || isBuildText(entry.path());
            if (entry.is_regular_file() && wanted)
                tree.add(std::filesystem::relative(entry.path(), root).generic_string(),
                         readFile(entry.path()));
        }
    }
    std::sort(tree.files.begin(), tree.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return tree;
}

} // namespace lens::test
