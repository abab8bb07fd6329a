// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_processes.h"

#include "core/engine/command/bench_table.h"
#include "core/protocol/exit_code.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

namespace lens {
namespace {

// Becomes this program with these words, its output in `out`. Only between fork and exec.
[[noreturn]] void become(const std::vector<std::string>& words, int out)
{
    std::vector<char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    ::dup2(out, STDOUT_FILENO);
    ::execv("/proc/self/exe", pointers.data());
    ::_exit(127);
}

std::string readAll(int descriptor)
{
    std::string text;
    std::array<char, 1 << 14> buffer;
    for (;;) {
        const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
        if (count > 0)
            text.append(buffer.data(), static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            return text;
    }
}

struct Answer {
    int code = 0;
    std::string text;
};

Answer runSelf(const std::vector<std::string>& words)
{
    int ends[2];
    if (::pipe(ends) != 0)
        throw systemError("cannot make a pipe", "bench", errno);
    const pid_t child = ::fork();
    if (child < 0)
        throw systemError("cannot start a process", "bench", errno);
    if (child == 0) {
        ::close(ends[0]);
        become(words, ends[1]);
    }
    ::close(ends[1]);
    Answer answer;
    answer.text = readAll(ends[0]);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : static_cast<int>(ExitCode::Failed);
    if (WIFSIGNALED(status))
        throw Error("the measuring process was ended by signal " + std::to_string(WTERMSIG(status)), "bench");
    return answer;
}

double stepSeconds(const Json& variant)
{
    return variant["seconds"]["step"]["median"].get<double>();
}

// Whether two variants differ at most in these keys.
bool sameBut(const Json& a, const Json& b, const std::vector<std::string>& keys)
{
    for (const char* key : {"dtype", "recompute", "path", "padded_batch", "rows", "length"}) {
        const bool mayDiffer = std::find(keys.begin(), keys.end(), key) != keys.end();
        if (!mayDiffer && a.value(key, Json()) != b.value(key, Json()))
            return false;
    }
    return true;
}

// Each later variant against the first of its kind.
Json comparisons(const Json& variants)
{
    Json all = Json::array();
    const auto compare = [&](const char* what, std::size_t of, std::size_t with, double ratio) {
        all.push_back({{"what", what}, {"variant", of}, {"against", with}, {"ratio", ratio}});
    };
    for (std::size_t i = 0; i < variants.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Json& a = variants[j];
            const Json& b = variants[i];
            const double faster = b["tokens_per_second"]["median"].get<double>() /
                                  a["tokens_per_second"]["median"].get<double>();
            if (a["recompute"] != b["recompute"] && sameBut(a, b, {"recompute"}))
                compare("time of a step with recompute", i, j, stepSeconds(b) / stepSeconds(a));
            if (a["path"] == "packed" && b["path"] == "padded" && sameBut(a, b, {"path", "padded_batch"}))
                compare("tokens per second packed over padded", j, i, 1 / faster);
            if (a["length"] != b["length"] && sameBut(a, b, {"rows", "length"})) {
                compare("tokens per second of longer rows", i, j, faster);
                break;
            }
        }
    }
    return all;
}

void tell(const BenchCommand& command, std::size_t index)
{
    if (::isatty(STDERR_FILENO))
        std::fprintf(stderr, "\r\033[Kmeasuring %zu of %zu", index + 1, command.variants.size());
}

} // namespace

Json mergedBench(const std::vector<Json>& documents)
{
    Json merged = documents.front();
    for (std::size_t i = 1; i < documents.size(); ++i)
        merged["variants"].push_back(documents[i]["variants"][0]);
    merged["comparisons"] = comparisons(merged["variants"]);
    return merged;
}

int runBenchProcesses(const BenchCommand& command)
{
    std::vector<Json> documents;
    for (const BenchVariant& variant : command.variants) {
        tell(command, documents.size());
        std::vector<std::string> words = wordsOf(command, variant);
        words.insert(words.begin(), {"training-lens-engine", "bench"});
        const Answer answer = runSelf(words);
        if (answer.code != 0)
            return answer.code; // it has said why
        documents.push_back(parseJson(answer.text, "bench"));
    }
    if (::isatty(STDERR_FILENO))
        std::fputs("\r\033[K", stderr);
    printBench(mergedBench(documents), command.json);
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
