// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The source files of the project as text, with their #include lines.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lens::test {

struct Include {
    std::string target; // between the quotes or angle brackets
    bool angled = false;
    int line = 0;
};

struct SourceFile {
    std::string path; // from the project root, with '/'
    std::string text;
    std::vector<std::string> code; // lines with comments and the contents of literals blanked
    std::vector<Include> includes;

    std::string folder() const; // "core/base"
    std::string name() const;   // "error.h"
    std::string stem() const;   // "core/base/error"
    bool isHeader() const;
    bool isUnder(std::string_view prefix) const; // "core" matches "core/base/error.h", not "corex/a.h"
};

struct SourceTree {
    std::vector<SourceFile> files; // .h and .cpp of app, core, widgets, tests
    std::vector<SourceFile> build; // CMakeLists.txt, *.cmake, *.py, *.sh of the project
    std::set<std::string> paths;   // of `files`, for lookups

    void add(std::string path, std::string text);
};

// Reads the tree below `root`; build folders and hidden folders are left out.
SourceTree readSourceTree(const std::filesystem::path& root);

} // namespace lens::test
