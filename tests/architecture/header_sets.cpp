// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/architecture/header_sets.h"

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace lens::test {

namespace {

struct Listed {
    std::set<std::string> headers; // after HEADERS in a lens_sources() call, from the project root
    std::set<std::string> sources; // any other file name in a call, from the project root
};

constexpr std::string_view kHere = "${CMAKE_CURRENT_SOURCE_DIR}/";

std::string withoutComments(const std::string& text)
{
    static const std::regex comment("#[^\n]*");
    return std::regex_replace(text, comment, "");
}

std::string folderPrefix(const SourceFile& file)
{
    const std::string folder = file.folder();
    return folder.empty() ? folder : folder + "/";
}

void readCalls(const SourceFile& file, Listed& listed)
{
    static const std::regex call("\\b([a-z_]+)\\s*\\(([^()]*)\\)");
    const std::string text = withoutComments(file.text);
    for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it) {
        const bool sourcesCall = (*it)[1] == "lens_sources";
        std::istringstream words((*it)[2].str());
        std::string section;
        for (std::string word; words >> word;) {
            if (word.starts_with(kHere))
                word.erase(0, kHere.size());
            if (word == "HEADERS" || word == "SOURCES")
                section = word;
            else if (sourcesCall && section == "HEADERS")
                listed.headers.insert(folderPrefix(file) + word);
            else
                listed.sources.insert(folderPrefix(file) + word);
        }
    }
}

// A header of a heavy library's folder may stand among the SOURCES: its own .cpp file, which includes it
// first (another rule), then is the proof that it compiles alone.
bool isPrivateAndAlone(const SourceTree& tree, const Listed& listed, const SourceFile& header)
{
    return listed.sources.contains(header.path) && tree.paths.contains(header.stem() + ".cpp");
}

void checkVerification(const SourceTree& tree, Violations& found)
{
    static const std::regex library("add_library\\s*\\(\\s*(lens_(core|engine|widgets|app))\\s");
    static const std::regex verified("VERIFY_INTERFACE_HEADER_SETS\\s+ON");
    for (const SourceFile& file : tree.build)
        if (std::regex_search(file.text, library) && !std::regex_search(file.text, verified))
            found.push_back({"header set", file.path, 0, "VERIFY_INTERFACE_HEADER_SETS is not ON"});
}

} // namespace

Violations checkHeaderSets(const SourceTree& tree)
{
    Listed listed;
    for (const SourceFile& file : tree.build)
        if (file.name() == "CMakeLists.txt")
            readCalls(file, listed);
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (file.isHeader() && !file.isUnder("tests") && !listed.headers.contains(file.path) &&
            !isPrivateAndAlone(tree, listed, file))
            found.push_back({"header set", file.path, 0, "not among the HEADERS of its CMakeLists.txt"});
        else if (!file.isHeader() && !listed.sources.contains(file.path))
            found.push_back({"header set", file.path, 0, "no CMakeLists.txt builds it"});
    }
    checkVerification(tree, found);
    return found;
}

} // namespace lens::test
