// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/architecture/include_cycles.h"

#include <algorithm>
#include <map>
#include <set>

namespace lens::test {

namespace {

using Graph = std::map<std::string, std::set<std::string>>;

// Depth-first search; the first cycle that closes on the current path is reported once.
class CycleSearch {
public:
    explicit CycleSearch(const Graph& graph) : m_graph(graph) {}

    std::vector<std::vector<std::string>> run()
    {
        for (const auto& [node, next] : m_graph)
            visit(node);
        return m_cycles;
    }

private:
    void visit(const std::string& node)
    {
        const auto open = std::find(m_path.begin(), m_path.end(), node);
        if (open != m_path.end()) {
            m_cycles.emplace_back(open, m_path.end());
            m_cycles.back().push_back(node);
            return;
        }
        if (!m_done.insert(node).second)
            return;
        m_path.push_back(node);
        const auto next = m_graph.find(node);
        if (next != m_graph.end())
            for (const std::string& other : next->second)
                visit(other);
        m_path.pop_back();
    }

    const Graph& m_graph;
    std::vector<std::string> m_path;
    std::set<std::string> m_done;
    std::vector<std::vector<std::string>> m_cycles;
};

void report(const Graph& graph, const char* kind, Violations& found)
{
    for (const std::vector<std::string>& cycle : CycleSearch(graph).run()) {
        std::string text = std::string("cycle of ") + kind + ":";
        for (const std::string& node : cycle)
            text += " " + node;
        found.push_back({"cycle", cycle.front(), 0, text});
    }
}

} // namespace

Violations checkCycles(const SourceTree& tree)
{
    Graph folders;
    Graph headers;
    for (const SourceFile& file : tree.files) {
        // A program's main stands above all folders, also above those that include from its own.
        if (file.isUnder("tests") || file.name() == "main.cpp")
            continue;
        for (const Include& include : file.includes) {
            if (include.angled || !tree.paths.contains(include.target))
                continue;
            const std::string folder = include.target.substr(0, include.target.rfind('/'));
            if (folder != file.folder())
                folders[file.folder()].insert(folder);
            if (file.isHeader())
                headers[file.path].insert(include.target);
        }
    }
    Violations found;
    report(folders, "folders", found);
    report(headers, "headers", found);
    return found;
}

} // namespace lens::test
